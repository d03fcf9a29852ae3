//! Fits linear models of sparse features: logistic regression by stochastic gradient descent (AdaGrad, L2), always in the
//! same order, so that the same letters give the same model.

use std::collections::{BTreeMap, HashMap};

use understand::linear::{Class, Linear, sigmoid};

/// What one example is to teach.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// What is seen of it.
    pub features: Vec<String>,
    /// For each class whether it holds; none where that is not known.
    pub truth: Vec<Option<bool>>,
    /// What each class scores before anything is learned; none is nothing.
    pub offsets: Vec<f32>,
    /// How much it counts.
    pub weight: f32,
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// Times all examples are gone through.
    pub rounds: u32,
    /// First step.
    pub rate: f32,
    /// Pull of a weight towards nothing.
    pub decay: f32,
    /// Features seen in fewer examples are left out.
    pub least_seen: u32,
    /// Weights below this are left out of the model.
    pub nothing: f32,
    /// Whether exactly one class holds (softmax), else each by itself.
    pub one_of: bool,
}

/// Fits a model to lessons.
pub fn fit(names: &[&str], lessons: &[&Lesson], how: Fit) -> Linear {
    let classes = names.len();
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for feature in lessons.iter().flat_map(|lesson| &lesson.features) {
        *seen.entry(feature).or_default() += 1;
    }
    let kept: BTreeMap<&str, u32> =
        seen.into_iter().filter(|(_, count)| *count >= how.least_seen).collect::<BTreeMap<_, _>>();
    let numbers: HashMap<&str, usize> = kept.keys().copied().enumerate().map(|(at, name)| (name, at)).collect();
    let rows: Vec<Vec<usize>> = lessons
        .iter()
        .map(|lesson| lesson.features.iter().filter_map(|feature| numbers.get(feature.as_str()).copied()).collect())
        .collect();
    let bias = numbers.len();
    let mut weights = vec![0.0_f32; (bias + 1) * classes];
    let mut squares = vec![1e-6_f32; (bias + 1) * classes];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut chance = Chance(1);
    let mut slopes = vec![0.0_f32; classes];
    // The mean of the later rounds: it depends less on the order of the examples than the last one does.
    let mut sums = vec![0.0_f32; weights.len()];
    let later = how.rounds / 2;
    for round in 0..how.rounds {
        chance.shuffle(&mut order);
        for &at in &order {
            let (row, lesson) = (&rows[at], lessons[at]);
            let mut scores: Vec<f32> = weights[bias * classes..].to_vec();
            for (score, offset) in scores.iter_mut().zip(&lesson.offsets) {
                *score += offset;
            }
            for feature in row {
                for (score, weight) in scores.iter_mut().zip(&weights[feature * classes..]) {
                    *score += weight;
                }
            }
            slope(&scores, lesson, how.one_of, &mut slopes);
            if slopes.iter().all(|slope| slope.abs() < 1e-4) {
                continue;
            }
            for feature in row.iter().copied().chain([bias]) {
                for (class, slope) in slopes.iter().enumerate() {
                    // Of a class that the example tells nothing about nothing is forgotten either.
                    if !how.one_of && lesson.truth.get(class).is_some_and(Option::is_none) {
                        continue;
                    }
                    let place = feature * classes + class;
                    let decay = if feature == bias { 0.0 } else { how.decay };
                    let pull = slope * lesson.weight + decay * weights[place];
                    squares[place] += pull * pull;
                    weights[place] -= how.rate * pull / squares[place].sqrt();
                }
            }
        }
        if round >= later {
            for (sum, weight) in sums.iter_mut().zip(&weights) {
                *sum += weight;
            }
        }
    }
    let counted = (how.rounds - later) as f32;
    let mut weights: Vec<f32> = sums.into_iter().map(|sum| sum / counted).collect();
    if how.one_of {
        // Only the differences between classes count. The classes that a feature tells nothing about weigh alike; without
        // what they share they weigh nothing, and can be left out without making rare classes likelier.
        for of in weights.chunks_mut(classes) {
            let mut sorted = of.to_vec();
            sorted.sort_by(f32::total_cmp);
            let shared = sorted[classes / 2];
            of.iter_mut().for_each(|weight| *weight -= shared);
        }
    }
    let mut learned = HashMap::new();
    for (name, number) in &numbers {
        let of = &weights[number * classes..(number + 1) * classes];
        let of: Vec<(u8, f32)> = (0..)
            .zip(of)
            .filter(|(_, weight)| weight.abs() >= how.nothing)
            .map(|(class, weight)| (class, *weight))
            .collect();
        if !of.is_empty() {
            learned.insert((*name).to_owned(), of);
        }
    }
    let class = |(at, name): (usize, &&str)| Class {
        name: (*name).to_owned(),
        bias: weights[bias * classes + at],
        calibration: Vec::new(),
    };
    Linear::new(names.iter().enumerate().map(class).collect(), learned)
}

/// How the loss rises with each score.
fn slope(scores: &[f32], lesson: &Lesson, one_of: bool, slopes: &mut [f32]) {
    if one_of {
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let all: f32 = powers.iter().sum();
        let right: f32 =
            powers.iter().zip(&lesson.truth).filter(|(_, truth)| **truth == Some(true)).map(|(p, _)| p).sum();
        for ((slope, power), truth) in slopes.iter_mut().zip(&powers).zip(&lesson.truth) {
            let share = if *truth == Some(true) { power / right.max(1e-12) } else { 0.0 };
            *slope = power / all - share;
        }
    } else {
        for ((slope, score), truth) in slopes.iter_mut().zip(scores).zip(&lesson.truth) {
            *slope = truth.map_or(0.0, |truth| sigmoid(*score) - if truth { 1.0 } else { 0.0 });
        }
    }
}

/// Chance that comes again with its seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.below(at + 1));
        }
    }
}

/// The share of right ones as a rising function of the raw probability (isotonic regression, pool adjacent violators), as
/// a few points. Isotonic, because it presumes no shape and needs only the order to be right.
pub fn calibrate(mut seen: Vec<(f32, bool)>) -> Vec<(f32, f32)> {
    /// Fewer say nothing.
    const LEAST: usize = 30;
    if seen.len() < LEAST {
        return Vec::new();
    }
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Blocks: sum of raw probabilities, right ones, count.
    let mut blocks: Vec<(f32, f32, f32)> = Vec::new();
    for (raw, right) in seen {
        blocks.push((raw, if right { 1.0 } else { 0.0 }, 1.0));
        while let [.., a, b] = blocks.as_slice() {
            // Nearly equal ones join as well, so that few points are left.
            let rises = b.1 / b.2 > a.1 / a.2 + 1e-6;
            if rises {
                break;
            }
            let joined = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    // With one wrong and one right one added, so that nothing is ever said to be impossible or beyond doubt.
    blocks.iter().map(|(raw, right, count)| (raw / count, ((right + 0.5) / (count + 1.0)).clamp(0.0, 1.0))).fold(
        Vec::new(),
        |mut points: Vec<(f32, f32)>, (raw, share)| {
            let share = points.last().map_or(share, |last| share.max(last.1));
            points.push((raw, share));
            points
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(features: &[&str], truth: &[bool]) -> Lesson {
        Lesson {
            features: features.iter().map(|feature| (*feature).to_owned()).collect(),
            truth: truth.iter().map(|truth| Some(*truth)).collect(),
            offsets: Vec::new(),
            weight: 1.0,
        }
    }

    #[test]
    fn what_tells_classes_apart_is_learned_and_comes_out_alike_again() {
        let lessons: Vec<Lesson> = (0..40)
            .map(|at| {
                if at % 2 == 0 {
                    lesson(&["bis", "am"], &[true, false])
                } else {
                    lesson(&["vom", "am"], &[false, true])
                }
            })
            .collect();
        let lessons: Vec<&Lesson> = lessons.iter().collect();
        for one_of in [false, true] {
            let how = Fit { rounds: 20, rate: 0.2, decay: 1e-4, least_seen: 2, nothing: 0.02, one_of };
            let model = fit(&["due", "issue"], &lessons, how);
            let shares =
                if one_of { model.shares(&["bis".to_owned()], &[]) } else { model.probabilities(&["bis".to_owned()]) };
            assert!(shares[0] > 0.9 && shares[1] < 0.1, "{shares:?}");
            assert_eq!(model.to_text(), fit(&["due", "issue"], &lessons, how).to_text());
        }
    }

    #[test]
    fn a_calibration_rises_and_says_the_share_of_right_ones() {
        let seen = (0..200).map(|at| (at as f32 / 200.0, at % 4 == 0 || at > 150)).collect();
        let points = calibrate(seen);
        assert!(points.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{points:?}");
        assert!(points.first().is_some_and(|low| (low.1 - 0.25).abs() < 0.1), "{points:?}");
    }
}
