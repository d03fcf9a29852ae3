//! Views: what the commands return to their callers. Flat rows for showing, with ids, ISO dates and decimal strings.

mod document;
mod document_row;
mod page;
mod status;
mod task;

pub use document::{
    AccountView, ArrivalView, CandidateView, DocumentView, FactView, KnownDay, PageView, RelatedView, WordView,
};
pub use document_row::DocumentRow;
pub use page::{Page, PageQuery};
pub use status::{JobView, ProblemGroupView, ProblemView, SandboxView, StatusView};
pub use task::{
    DiscountView, FiledView, NotificationView, PaymentView, ReminderView, StaleLettersView, TaskView, TodayCard,
    TodayView,
};
