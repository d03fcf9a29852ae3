//! The type of a command: a name, its access, a line of documentation, and a function from input to output.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::marker::PhantomData;

use domain::FailureCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use ts_rs::{Config, TS, TypeVisitor};

use crate::{App, Failure};

/// What a command may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Looks only. A change of one of these nouns can change its answer, which is stale then.
    Reads(&'static [Noun]),
    /// Changes something.
    Writes,
}

/// What an answer can depend on: the fields of [`Changed`](crate::Changed), or the one thing asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// Any document.
    Documents,
    /// Only the document whose id is in the input.
    ThisDocument,
    /// Any task.
    Tasks,
    /// Names of correspondents, or what was learned about their letters.
    Correspondents,
    /// Reminders and their deliveries.
    Reminders,
    /// The work list and its progress.
    Jobs,
    /// Problems.
    Problems,
    /// Settings.
    Settings,
    /// Tags.
    Tags,
    /// Saved views.
    Views,
}

impl Noun {
    /// Its word in TypeScript, which is that of the field of `Changed`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::ThisDocument => "this_document",
            Self::Tasks => "tasks",
            Self::Correspondents => "correspondents",
            Self::Reminders => "reminders",
            Self::Jobs => "jobs",
            Self::Problems => "problems",
            Self::Settings => "settings",
            Self::Tags => "tags",
            Self::Views => "views",
        }
    }
}

/// An entry of the one list of commands, from which come dispatch, the TypeScript types, `workmate-cli call` and the
/// documentation.
pub trait Command: Sync {
    /// `noun.verb`.
    fn name(&self) -> &'static str;
    /// Looks or changes, and what its answer depends on.
    fn access(&self) -> Access;
    /// One line for people.
    fn summary(&self) -> &'static str;
    /// Parses the input, runs and gives the output.
    ///
    /// # Errors
    /// `bad_input` if the input does not have the form of the command, `internal` if the output cannot be written as
    /// JSON; else what the command gives.
    fn run(&self, app: &App, input: Value) -> Result<Value, Failure>;
    /// Its line in the TypeScript table of commands.
    fn signature(&self, config: &Config) -> String;
    /// The TypeScript declarations of its input and output, with all they depend on.
    fn declare(&self, config: &Config, declarations: &mut Declarations);
}

/// TypeScript declarations by name, each type once.
#[derive(Default)]
pub struct Declarations {
    by_name: BTreeMap<String, String>,
    visited: HashSet<TypeId>,
}

impl Declarations {
    /// The declarations in the order of their names.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.by_name.values().map(String::as_str)
    }
}

/// A command whose input and output are types.
pub struct Typed<I, O> {
    name: &'static str,
    access: Access,
    summary: &'static str,
    run: fn(&App, I) -> Result<O, Failure>,
    types: PhantomData<fn(I) -> O>,
}

/// Makes an entry of the list.
pub const fn command<I, O>(
    name: &'static str,
    access: Access,
    summary: &'static str,
    run: fn(&App, I) -> Result<O, Failure>,
) -> Typed<I, O> {
    Typed { name, access, summary, run, types: PhantomData }
}

impl<I, O> Command for Typed<I, O>
where
    I: DeserializeOwned + TS + 'static,
    O: Serialize + TS + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn access(&self) -> Access {
        self.access
    }

    fn summary(&self) -> &'static str {
        self.summary
    }

    fn run(&self, app: &App, input: Value) -> Result<Value, Failure> {
        let input = match input {
            // Nothing is as good as an empty object where every part may be left out.
            Value::Null => serde_json::from_value(Value::Null).or_else(|_| serde_json::from_str("{}")),
            given => serde_json::from_value(given),
        };
        let input = input.map_err(|error| {
            Failure::new(FailureCode::BadInput, format!("The input of {} is not right: {error}.", self.name))
        })?;
        serde_json::to_value((self.run)(app, input)?).map_err(|error| {
            Failure::new(FailureCode::Internal, format!("The output of {} could not be written: {error}.", self.name))
        })
    }

    fn signature(&self, config: &Config) -> String {
        format!(
            "  /** {} */\n  \"{}\": {{ input: {}; output: {} }};\n",
            self.summary,
            self.name,
            I::name(config),
            O::name(config)
        )
    }

    fn declare(&self, config: &Config, declarations: &mut Declarations) {
        let mut visitor = Visitor { config, declarations };
        visitor.visit::<I>();
        visitor.visit::<O>();
    }
}

/// Adds the declarations of `T` and of all it depends on.
pub(crate) fn declare<T: TS + 'static + ?Sized>(config: &Config, declarations: &mut Declarations) {
    Visitor { config, declarations }.visit::<T>();
}

struct Visitor<'a> {
    config: &'a Config,
    declarations: &'a mut Declarations,
}

impl TypeVisitor for Visitor<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.declarations.visited.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types of our own have a declaration; the others are written out where they stand.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}", T::decl(self.config));
            self.declarations.by_name.insert(T::ident(self.config), declaration);
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
    }
}
