//! Days, periods, zones, holidays and what comes again.

mod bank_days;
mod clock;
mod period;
mod postcodes;
mod recurrence;
mod region;
mod shift;
mod times_a_year;

pub(crate) use bank_days::working_day_on_or_before;
pub use bank_days::{bank_day_before, bank_day_on_or_before, is_bank_day, working_day_on_or_after};
pub use clock::{Clock, local, today};
pub use period::{Period, PeriodUnit};
pub use recurrence::{CountedFrom, Recurrence, Rule, RuleError, occurrences};
pub use region::Region;
pub(crate) use shift::day_on_or_after;
pub use shift::{FIRST_DAY, LAST_DAY, ShiftDay, ShiftTime};
pub use times_a_year::times_a_year;
