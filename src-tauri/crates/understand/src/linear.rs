//! A linear model with one output for each class, learned by the crate `train` and kept as text: a feature is a word with
//! its weights, so that every decision can be explained by the features that weighed most.
//!
//! ```text
//! class due_date -2.1 0.02:0.01 0.31:0.4 0.8:0.97
//! b1:fallig 0:2.31 4:-0.70
//! ```
//! Classes are numbered in their order from 0. A class has its bias and the points of its calibration (score:probability, ascending); between points the probability is
//! interpolated. Lines that begin with `#` are comments.

use std::collections::HashMap;
use std::fmt::Write as _;

/// Why a text is not a model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line} of the model is not of the form")]
pub struct ModelError {
    /// Counted from 1.
    pub line: usize,
}

/// A class of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it scores without a feature.
    pub bias: f32,
    /// Points of its calibration: raw probability and the share of right ones, both ascending. None: the raw probability is
    /// taken as it is.
    pub calibration: Vec<(f32, f32)>,
}

/// A linear model.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    classes: Vec<Class>,
    /// For each feature its weights by the number of the class.
    weights: HashMap<String, Vec<(u8, f32)>>,
}

impl Linear {
    /// A model with these classes and weights.
    pub fn new(classes: Vec<Class>, weights: HashMap<String, Vec<(u8, f32)>>) -> Self {
        Self { classes, weights }
    }

    /// Reads a model.
    ///
    /// # Errors
    /// Where a line is not of the form.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let mut model = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            model.add(line).ok_or(ModelError { line: number })?;
        }
        Ok(model)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let pair = |text: &str| {
            let (a, b) = text.rsplit_once(':')?;
            Some((a.to_owned(), b.parse::<f32>().ok()?))
        };
        let mut parts = line.split(' ');
        if let Some(class) = line.strip_prefix("class ") {
            let mut parts = class.split(' ');
            let (name, bias) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
            let points = parts.map(|point| pair(point).and_then(|(at, share)| Some((at.parse().ok()?, share))));
            self.classes.push(Class { name, bias, calibration: points.collect::<Option<_>>()? });
            return Some(());
        }
        let feature = parts.next()?.to_owned();
        let weights = parts.map(|weight| {
            let (class, weight) = pair(weight)?;
            let class: u8 = class.parse().ok()?;
            (usize::from(class) < self.classes.len()).then_some((class, weight))
        });
        let weights = weights.collect::<Option<Vec<_>>>()?;
        self.weights.insert(feature, weights);
        Some(())
    }

    /// The text of the model, features in the order of their names.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for class in &self.classes {
            let _ = write!(text, "class {} {:.3}", class.name, class.bias);
            for (at, share) in &class.calibration {
                let _ = write!(text, " {at:.4}:{share:.4}");
            }
            text.push('\n');
        }
        let mut features: Vec<_> = self.weights.iter().collect();
        features.sort_by(|a, b| a.0.cmp(b.0));
        for (feature, weights) in features {
            text.push_str(feature);
            for (class, weight) in weights {
                // ".32" says as much as "0.32", a hundred thousand times.
                let weight = format!("{weight:.2}").replacen("0.", ".", usize::from(weight.abs() < 0.995));
                let _ = write!(text, " {class}:{weight}");
            }
            text.push('\n');
        }
        text
    }

    /// The classes, in their order.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The same weights with other classes, by their order.
    #[must_use]
    pub fn with_classes(&self, classes: Vec<Class>) -> Self {
        Self { classes, weights: self.weights.clone() }
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// The number of a class.
    pub fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|class| class.name == name)
    }

    /// What each class scores, before it is a probability.
    pub fn scores(&self, features: &[String]) -> Vec<f32> {
        let mut scores: Vec<f32> = self.classes.iter().map(|class| class.bias).collect();
        for feature in features {
            for (class, weight) in self.weights.get(feature).into_iter().flatten() {
                scores[usize::from(*class)] += weight;
            }
        }
        scores
    }

    /// The probability of each class by itself, calibrated.
    pub fn probabilities(&self, features: &[String]) -> Vec<f32> {
        let each = self.scores(features).into_iter().zip(&self.classes);
        each.map(|(score, class)| class.calibrated(sigmoid(score))).collect()
    }

    /// The probabilities of classes of which exactly one holds, not calibrated.
    /// `offsets` is what each class scores besides; none is nothing.
    pub fn shares(&self, features: &[String], offsets: &[f32]) -> Vec<f32> {
        let mut scores = self.scores(features);
        for (score, offset) in scores.iter_mut().zip(offsets) {
            *score += offset;
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let sum: f32 = powers.iter().sum();
        powers.into_iter().map(|power| power / sum).collect()
    }

    /// The features that weigh most for a class, the strongest first.
    pub fn strongest<'f>(&self, class: usize, features: &'f [String], most: usize) -> Vec<(&'f str, f32)> {
        let weight = |feature: &'f String| {
            let weights = self.weights.get(feature)?;
            let weight = weights.iter().find(|(of, _)| usize::from(*of) == class)?.1;
            Some((feature.as_str(), weight))
        };
        let mut found: Vec<(&str, f32)> = features.iter().filter_map(weight).collect();
        found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        found.truncate(most);
        found
    }
}

/// From a score to a probability.
pub fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

impl Class {
    /// The share of right ones among those with this raw probability.
    pub fn calibrated(&self, raw: f32) -> f32 {
        let above = self.calibration.iter().position(|(at, _)| *at >= raw);
        match (above, self.calibration.last()) {
            (_, None) => raw,
            (None, Some(last)) => last.1,
            (Some(0), _) => self.calibration[0].1,
            (Some(at), _) => {
                let ((low, from), (high, to)) = (self.calibration[at - 1], self.calibration[at]);
                let part = if high > low { (raw - low) / (high - low) } else { 1.0 };
                from + part * (to - from)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "# a comment\nclass due -1.000 0.1000:0.0500 0.9000:0.9500\nclass issue 0.500\nb:bis 0:3.00 1:-2.00\ns:vom 1:1.50\n";

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_model_is_read_and_written_alike_and_scores_by_its_weights() {
        let model = Linear::parse(MODEL).unwrap();
        assert_eq!(format!("# a comment\n{}", model.to_text()), MODEL);
        assert_eq!(model.scores(&words(&["b:bis", "x"])), [2.0, -1.5]);
        assert_eq!(model.strongest(0, &words(&["s:vom", "b:bis"]), 3), [("b:bis", 3.0)]);
        assert_eq!(Linear::parse("class a 1\nb:bis 1:1").unwrap_err(), ModelError { line: 2 });
    }

    #[test]
    fn a_probability_is_read_off_the_calibration() {
        let model = Linear::parse(MODEL).unwrap();
        let class = &model.classes()[0];
        assert_eq!((class.calibrated(0.05), class.calibrated(1.0)), (0.05, 0.95));
        assert!((class.calibrated(0.5) - 0.5).abs() < 1e-6);
        let shares = model.shares(&words(&["b:bis"]), &[]);
        assert!((shares[0] + shares[1] - 1.0).abs() < 1e-6 && shares[0] > 0.9);
    }
}
