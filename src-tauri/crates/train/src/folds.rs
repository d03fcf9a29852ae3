//! Models that were learned without one author, for each author.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use understand::linear::{Class, Linear};
use understand::{Models, training};

use crate::corpus::Letter;
use crate::fit::{Fit, Lesson, calibrate, fit};
use crate::lessons::{kind_lesson, kind_names, pair_lessons, role_lessons, role_names};
use crate::sureness;

/// How the kinds are learned.
const KINDS: Fit = Fit { rounds: 10, rate: 0.05, decay: 1e-3, least_seen: 3, nothing: 0.05, one_of: true };
/// How the roles are learned.
const ROLES: Fit = Fit { rounds: 14, rate: 0.12, decay: 2e-4, least_seen: 4, nothing: 0.3, one_of: false };
/// How payments are learned.
const PAIRS: Fit = Fit { rounds: 20, rate: 0.1, decay: 1e-3, least_seen: 3, nothing: 0.02, one_of: false };
/// How much a letter that was drawn counts: its words are fewer than those of real ones.
const SYNTHETIC: f32 = 0.3;
/// The same for kinds, of which real letters tell more.
const SYNTHETIC_KIND: f32 = 0.05;

/// The author of a set: both household sets are by one hand.
pub fn author(set: &str) -> &str {
    match set {
        "household" | "household-b" => "household",
        "zugferd" | "invoices" | "qrbill" | "scans" => "bills",
        other => other,
    }
}

/// The models of a fold, and those of all letters.
pub struct Folds {
    /// For each author the models learned without that author's letters.
    pub without: BTreeMap<String, Models>,
    /// Learned from all letters.
    pub all: Models,
}

/// What the models that were learned from all letters are called among those of the folds.
const ALL: &str = "~ all";

/// The models that [`Folds::keep`] has written below `folder`.
///
/// # Errors
/// Where one of them is missing or not of the form.
pub fn kept(folder: &Path) -> anyhow::Result<Folds> {
    let mut without = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        let model = |name: &str| -> anyhow::Result<Linear> {
            let file = path.join(format!("{name}.txt"));
            let text = fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
            Linear::parse(&text).with_context(|| format!("{}", file.display()))
        };
        let models = Models {
            kinds: model("kinds")?,
            roles: model("roles")?,
            pairs: model("pairs")?,
            certain: model("certain")?,
        };
        without.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), models);
    }
    let all = without.remove(ALL).with_context(|| format!("{ALL} is missing in {}", folder.display()))?;
    Ok(Folds { without, all })
}

impl Folds {
    /// Writes all models below `folder`, so that a changed rule can be measured without learning again.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn keep(&self, folder: &Path) -> anyhow::Result<()> {
        let all = self.without.iter().map(|(author, models)| (author.as_str(), models)).chain([(ALL, &self.all)]);
        for (author, models) in all {
            let folder = folder.join(author);
            fs::create_dir_all(&folder)?;
            let Models { kinds, roles, pairs, certain } = models;
            for (name, model) in [("kinds", kinds), ("roles", roles), ("pairs", pairs), ("certain", certain)] {
                fs::write(folder.join(format!("{name}.txt")), model.to_text())?;
            }
        }
        Ok(())
    }
}

/// A lesson with whose letter it is from.
struct Owned {
    author: String,
    lesson: Lesson,
}

fn without_author<'l>(lessons: &'l [Owned], author: Option<&str>) -> Vec<&'l Lesson> {
    lessons.iter().filter(|owned| Some(owned.author.as_str()) != author).map(|owned| &owned.lesson).collect()
}

/// Learns everything from `letters`, once for each of the authors left out and once from all. `synthetic` ones are never left
/// out.
pub fn learn(letters: &[Letter]) -> Folds {
    let authors: BTreeSet<String> =
        letters.iter().map(|letter| author(&letter.set).to_owned()).filter(|author| author != "synthetic").collect();
    // A frequent layout counts less.
    let mut families: BTreeMap<(String, String), f32> = BTreeMap::new();
    let family =
        |letter: &Letter| (letter.set.clone(), letter.truth["family"].as_str().unwrap_or(letter.file()).to_owned());
    for letter in letters {
        *families.entry(family(letter)).or_default() += 1.0;
    }
    let weight = |letter: &Letter| {
        let share = families.get(&family(letter)).copied().unwrap_or(1.0).sqrt().recip();
        if letter.set == "synthetic" { SYNTHETIC } else { share }
    };

    let usual = Usual::of_letters(letters);
    let kinds: Vec<Owned> = letters
        .iter()
        .filter_map(|letter| {
            let weight = if letter.set == "synthetic" { SYNTHETIC_KIND * usual.of(letter) } else { weight(letter) };
            let lesson = kind_lesson(letter, training::kind_features(&letter.reading), weight)?;
            Some(Owned { author: author(&letter.set).to_owned(), lesson })
        })
        .collect();
    let learn_kinds = |left_out: Option<&str>| fit(&kind_names(), &without_author(&kinds, left_out), KINDS);
    let kind_models: BTreeMap<String, Linear> =
        authors.iter().map(|author| (author.clone(), learn_kinds(Some(author)))).collect();
    let all_kinds = learn_kinds(None);

    let roles: Vec<Owned> = letters
        .iter()
        .flat_map(|letter| {
            let author = author(&letter.set).to_owned();
            // As a letter of an author that is not known yet.
            let kinds = kind_models.get(&author).unwrap_or(&all_kinds).clone();
            let models = Models { kinds, ..Models::default() };
            let examples = training::role_examples(&letter.reading, &models);
            let lessons = role_lessons(letter, examples, weight(letter));
            lessons.into_iter().map(move |lesson| Owned { author: author.clone(), lesson })
        })
        .collect();
    let learn_roles = |left_out: Option<&str>| fit(&role_names(), &without_author(&roles, left_out), ROLES);
    let role_models: BTreeMap<String, Linear> =
        authors.iter().map(|author| (author.clone(), learn_roles(Some(author)))).collect();
    let all_roles = learn_roles(None);

    // What each letter got from the models that do not know its author.
    let seen_kinds = seen(&kinds, &kind_models, true);
    let seen_roles = seen(&roles, &role_models, false);
    let models = |left_out: Option<&str>, kinds: &Linear, roles: &Linear| Models {
        kinds: calibrated(kinds, &seen_kinds, left_out),
        roles: calibrated(roles, &seen_roles, left_out),
        ..Models::default()
    };
    let mut without: BTreeMap<String, Models> = authors
        .iter()
        .map(|author| (author.clone(), models(Some(author), &kind_models[author], &role_models[author])))
        .collect();
    let mut all = models(None, &all_kinds, &all_roles);
    let pairs: Vec<Owned> = letters
        .iter()
        .flat_map(|letter| {
            let author = author(&letter.set).to_owned();
            let pairs = training::pairs(&letter.reading, without.get(&author).unwrap_or(&all));
            let lessons = pair_lessons(letter, pairs, weight(letter));
            lessons.into_iter().map(move |lesson| Owned { author: author.clone(), lesson })
        })
        .collect();
    let learn_pairs = |left_out: Option<&str>| fit(&[training::PAID], &without_author(&pairs, left_out), PAIRS);
    for (author, models) in &mut without {
        models.pairs = learn_pairs(Some(author));
    }
    all.pairs = learn_pairs(None);
    let certain = sureness::learn(letters, &without, &weight);
    all.certain = certain.all;
    for (author, model) in certain.without {
        if let Some(models) = without.get_mut(&author) {
            models.certain = model;
        }
    }
    Folds { without, all }
}

/// How often each kind comes: drawn letters are to count as the kinds do among real ones, not as there happen to be sentences
/// for them. Short letters are mostly drawn ones, and would else be taken for kinds with many sentences.
struct Usual {
    real: BTreeMap<String, f32>,
    drawn: BTreeMap<String, f32>,
}

impl Usual {
    fn of_letters(letters: &[Letter]) -> Self {
        let shares = |is_drawn: bool| {
            let of: Vec<String> =
                letters.iter().filter(|letter| (letter.set == "synthetic") == is_drawn).map(kind).collect();
            let mut shares: BTreeMap<String, f32> = BTreeMap::new();
            for kind in &of {
                *shares.entry(kind.clone()).or_default() += 1.0 / of.len().max(1) as f32;
            }
            shares
        };
        Self { real: shares(false), drawn: shares(true) }
    }

    /// How much a drawn letter counts for its kind; on the average 1.
    fn of(&self, letter: &Letter) -> f32 {
        /// No kind is left out or drowns the others.
        const LEAST: f32 = 0.25;
        const MOST: f32 = 4.0;
        let share = |shares: &BTreeMap<String, f32>| shares.get(&kind(letter)).copied().unwrap_or_default();
        (share(&self.real) / share(&self.drawn).max(1e-6)).clamp(LEAST, MOST)
    }
}

fn kind(letter: &Letter) -> String {
    letter.truth["doc_type"].as_str().unwrap_or_default().to_owned()
}

/// For an author and a class the raw probabilities and whether it held.
type Seen = BTreeMap<(String, usize), Vec<(f32, bool)>>;

fn seen(lessons: &[Owned], models: &BTreeMap<String, Linear>, one_of: bool) -> Seen {
    let mut seen = Seen::new();
    for Owned { author, lesson } in lessons {
        let Some(model) = models.get(author) else { continue };
        let raw = if one_of {
            model.shares(&lesson.features, &lesson.offsets)
        } else {
            model.probabilities(&lesson.features)
        };
        for (class, (raw, truth)) in raw.into_iter().zip(&lesson.truth).enumerate() {
            // Kinds are calibrated together: there are few letters of each.
            let class = if one_of { 0 } else { class };
            if let Some(truth) = truth {
                seen.entry((author.clone(), class)).or_default().push((raw, *truth));
            }
        }
    }
    seen
}

/// The model with its probabilities calibrated on letters of authors that the scoring models did not know, `left_out` not
/// among them.
fn calibrated(model: &Linear, seen: &Seen, left_out: Option<&str>) -> Linear {
    let is_one = !seen.keys().any(|(_, class)| *class > 0);
    let classes = model.classes().iter().enumerate().map(|(class, known)| {
        let class = if is_one { 0 } else { class };
        let of_class = seen.iter().filter(|((author, of), _)| *of == class && Some(author.as_str()) != left_out);
        let points = of_class.flat_map(|(_, seen)| seen.iter().copied()).collect();
        Class { calibration: calibrate(points), ..known.clone() }
    });
    model.with_classes(classes.collect())
}
