//! Learns which values are certain: a score that a value is right, and the least score of a certain one.
//!
//! The least scores are set like those of conformal prediction: on letters of left-out authors, ranked by their score, they are
//! as low as they may be while the share of wrong values above them, one wrong value added, stays below [`WRONG`]. They are two
//! for all fields, one for what the rules prove and one for what stands alone; what is peculiar to a field is in the score. With
//! a threshold for each field the share of wrong ones on authors left out once more was four times as high: a field has too few
//! letters to tell one in five hundred.

use std::collections::BTreeMap;

use domain::{Field, Reading};
use understand::linear::{Class, Linear};
use understand::{Models, training};

use crate::corpus::Letter;
use crate::fit::{Fit, Lesson, fit};
use crate::folds::author;
use crate::same;

/// So large a share of the values that are shown as certain may be wrong.
const WRONG: f64 = 0.002;
/// No value with a smaller score is certain, in log-odds.
const LIKELY: f32 = 2.0;

/// There are few wrong values to learn from, and each costs more trust than a right one that is asked about.
const WRONG_COUNTS: f32 = 3.0;

const CERTAIN: Fit = Fit { rounds: 30, rate: 0.1, decay: 1e-3, least_seen: 3, nothing: 0.01, one_of: false };

/// The models of certainty: of each fold, and of all letters.
pub struct Certain {
    /// For each author the model learned without that author's letters.
    pub without: BTreeMap<String, Linear>,
    /// Learned from all letters.
    pub all: Linear,
}

/// A value that was judged.
struct Judged {
    author: String,
    field: Field,
    is_right: bool,
    is_proven: bool,
    may_be_certain: bool,
    lesson: Lesson,
    file: String,
}

/// Learns from `letters` what the `models` without their authors make of them.
pub fn learn(letters: &[Letter], models: &BTreeMap<String, Models>, weight: &dyn Fn(&Letter) -> f32) -> Certain {
    let mut judged = Vec::new();
    for letter in letters {
        let author = author(&letter.set).to_owned();
        let Some(models) = models.get(&author).filter(|_| !letter.file().ends_with(".xml")) else { continue };
        // By the page alone: what is certain of invoice data follows from the data.
        let page = Reading { attachments: Vec::new(), ..letter.reading.clone() };
        for one in training::judged(&page, models) {
            let known = &letter.truth["fields"][one.fact.field.as_str()];
            let Some(is_right) = same::is_right(one.fact.field, known, &one.fact.value) else { continue };
            let lesson = Lesson {
                features: one.features,
                truth: vec![Some(is_right)],
                offsets: Vec::new(),
                weight: weight(letter) * if is_right || !one.is_first { 1.0 } else { WRONG_COUNTS },
            };
            judged.push(Judged {
                author: author.clone(),
                file: format!("{}/{}", letter.set, letter.file()),
                field: one.fact.field,
                is_right,
                is_proven: one.fact.certain,
                may_be_certain: one.may_be_certain,
                lesson,
            });
        }
    }
    let lessons = |left_out: Option<&str>| -> Vec<&Lesson> {
        judged.iter().filter(|one| Some(one.author.as_str()) != left_out).map(|one| &one.lesson).collect()
    };
    let names = ["right"];
    let fitted: BTreeMap<&str, Linear> =
        models.keys().map(|author| (author.as_str(), fit(&names, &lessons(Some(author)), CERTAIN))).collect();
    let mut groups: BTreeMap<(&str, Field), Vec<&Judged>> = BTreeMap::new();
    for one in &judged {
        groups.entry((&one.file, one.field)).or_default().push(one);
    }
    // What is taken of each field by the model that does not know the letter's author.
    let scored: Vec<Scored> = groups
        .values()
        .map(|of| {
            let scores: Vec<f32> =
                of.iter().map(|one| fitted[one.author.as_str()].scores(&one.lesson.features)[0]).collect();
            let at = training::likeliest(&scores);
            Scored { judged: of[at], score: scores[at] }
        })
        .collect();
    let with = |model: &Linear, left_out: Option<&str>| {
        let seen: Vec<&Scored> = scored.iter().filter(|one| Some(one.judged.author.as_str()) != left_out).collect();
        let mut classes = model.classes().to_vec();
        for (name, least) in [training::PROVEN, training::ALONE].into_iter().zip(thresholds(&seen)) {
            classes.push(Class { name: name.to_owned(), bias: least, calibration: Vec::new() });
        }
        model.with_classes(classes)
    };
    let without = fitted.iter().map(|(author, model)| ((*author).to_owned(), with(model, Some(author)))).collect();
    Certain { without, all: with(&fit(&names, &lessons(None), CERTAIN), None) }
}

/// The value that is taken of a field with its score by the model that does not know its author.
struct Scored<'a> {
    judged: &'a Judged,
    score: f32,
}

/// The least score of a certain value, of proven ones and of those that stand alone: as many certain values as may be while so
/// few of all are wrong.
///
/// A wrong value costs a price. For both the threshold is taken that is worth most, and the price rises until the share of wrong
/// ones among all, with one more added, is small enough.
fn thresholds(seen: &[&Scored]) -> [f32; 2] {
    let mut sorts: [Vec<&Scored>; 2] = [Vec::new(), Vec::new()];
    for one in seen.iter().filter(|one| one.judged.may_be_certain) {
        sorts[usize::from(!one.judged.is_proven)].push(one);
    }
    for of in &mut sorts {
        of.sort_by(|a, b| b.score.total_cmp(&a.score));
    }
    for price in (0..60).map(|step| 1.15_f64.powi(step)) {
        let chosen = [prefix(&sorts[0], price), prefix(&sorts[1], price)];
        let (count, wrong) = (chosen[0].0 + chosen[1].0, chosen[0].1 + chosen[1].1);
        if (wrong + 1) as f64 / (count + 1) as f64 <= WRONG {
            return [least(&sorts[0], chosen[0].0), least(&sorts[1], chosen[1].0)];
        }
    }
    [f32::MAX; 2]
}

/// How many of these values, likeliest first, are certain at a price of a wrong one, and how many of them are wrong.
fn prefix(of: &[&Scored], price: f64) -> (usize, usize) {
    let (mut best, mut worth, mut most) = ((0, 0), 0.0, 0.0);
    let mut wrong = 0;
    for (count, one) in (1..).zip(of).take_while(|(_, one)| one.score >= LIKELY) {
        wrong += usize::from(!one.judged.is_right);
        worth += if one.judged.is_right { 1.0 } else { -price };
        if worth > most {
            (most, best) = (worth, (count, wrong));
        }
    }
    best
}

/// The least score of the first `count` values.
fn least(of: &[&Scored], count: usize) -> f32 {
    count.checked_sub(1).and_then(|at| of.get(at)).map_or(f32::MAX, |one| one.score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(is_right: bool, is_proven: bool) -> Judged {
        Judged {
            author: String::new(),
            file: String::new(),
            field: Field::DueDate,
            is_right,
            is_proven,
            may_be_certain: true,
            lesson: Lesson { features: Vec::new(), truth: Vec::new(), offsets: Vec::new(), weight: 1.0 },
        }
    }

    #[test]
    fn the_least_score_keeps_wrong_values_below_one_in_five_hundred() {
        let (right, wrong, proven) = (judged(true, false), judged(false, false), judged(true, true));
        let mut all: Vec<Scored> =
            (0..600_u16).map(|at| Scored { judged: &proven, score: 3.0 + f32::from(at) }).collect();
        all.extend((0..600_u16).map(|at| Scored { judged: &right, score: 10.0 + f32::from(at) }));
        all.extend((0..20_u8).map(|at| Scored { judged: &wrong, score: 2.5 + f32::from(at) / 3.0 }));
        let [of_proven, of_alone] = thresholds(&all.iter().collect::<Vec<_>>());
        assert_eq!((of_proven, of_alone), (3.0, 10.0));
        // Few values prove nothing.
        let few: Vec<&Scored> = all.iter().take(100).collect();
        assert_eq!(thresholds(&few)[0], f32::MAX);
    }
}
