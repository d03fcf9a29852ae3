//! One term of a letter is the day to pay or the day to answer, not both: "zahlen Sie innerhalb einer Woche nach Zugang".

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let Some(pay) = chosen.fact(Field::DueDate) else { return 0.0 };
    // What the model alone takes for a day to pay by is none where the words speak of papers and not of paying.
    let is_paper = pay.by == "roles" && pay.value.date().is_some_and(|day| letter.papers.contains(&day));
    let paper = if is_paper { -4.0 } else { 0.0 };
    let Some(answer) = chosen.fact(Field::RespondBy) else { return paper };
    let (Some(pay_at), Some(answer_at)) = (&pay.evidence, &answer.evidence) else { return paper };
    let is_one = pay.value == answer.value && pay_at.page == answer_at.page && pay_at.rect.overlaps(&answer_at.rect);
    if is_one { -4.0 } else { paper }
}
