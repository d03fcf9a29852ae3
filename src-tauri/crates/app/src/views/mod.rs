//! What the commands give to their callers: flat rows made for showing, with ids, ISO dates and decimal strings.

mod document;
mod event;
mod status;
mod task;

pub use document::{
    ArrivalView, CandidateView, DocumentRow, DocumentView, FactView, KnownDay, PageView, RelatedView, WordView,
};
pub use event::{AppEvent, Changed};
pub use status::{EngineView, JobView, ProblemView, StatusView};
pub use task::{NotificationView, OldPostView, PaymentView, ReminderView, TaskView, TodayView};
