//! The type of a command: a name, its access, a line of documentation, and a function from input to output.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::marker::PhantomData;

use domain::{FailureCode, Scope};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use ts_rs::{Config, TS, TypeVisitor};

use crate::api::examples::example;
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
    /// Backups, and how far one is.
    Backups,
    /// Keys of other programs.
    Keys,
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
            Self::Backups => "backups",
            Self::Keys => "keys",
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
    /// What a key needs for it.
    fn scope(&self) -> Scope;
    /// One line for people.
    fn summary(&self) -> &'static str;
    /// The TypeScript type of its input, with an example.
    fn input(&self) -> InputView;
    /// Does the input have the form of the command? Nothing is run.
    ///
    /// # Errors
    /// `bad_input` if it does not.
    fn check(&self, input: Value) -> Result<(), Failure>;
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

/// What a command takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputView {
    /// Name of the TypeScript type; `null` where the command takes nothing.
    pub name: String,
    /// The declarations of that type and of all it depends on, that type first.
    pub types: Vec<String>,
    /// JSON that the command accepts; none where it takes nothing.
    pub example: Option<&'static str>,
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

    /// The same, with the type of this name first.
    fn beginning_with(mut self, name: &str) -> Vec<String> {
        let first = self.by_name.remove(name);
        first.into_iter().chain(self.by_name.into_values()).collect()
    }
}

/// A command whose input and output are types.
pub struct Typed<I, O> {
    name: &'static str,
    access: Access,
    scope: Scope,
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
    let scope = match access {
        Access::Reads(_) => Scope::Read,
        Access::Writes => Scope::Write,
    };
    Typed { name, access, scope, summary, run, types: PhantomData }
}

/// Makes an entry of the list for what reaches beyond documents and tasks: files and programs of this computer,
/// settings, backups, keys. A key needs [`Scope::Admin`] for it.
pub const fn admin<I, O>(
    name: &'static str,
    access: Access,
    summary: &'static str,
    run: fn(&App, I) -> Result<O, Failure>,
) -> Typed<I, O> {
    Typed { name, access, scope: Scope::Admin, summary, run, types: PhantomData }
}

impl<I: DeserializeOwned, O> Typed<I, O> {
    fn parse(&self, input: Value) -> Result<I, Failure> {
        // Nothing is as good as an empty object where every part may be left out, and the other way round.
        let is_empty = input.is_null() || input.as_object().is_some_and(serde_json::Map::is_empty);
        let parsed = if is_empty {
            serde_json::from_value(Value::Null).or_else(|_| serde_json::from_str("{}"))
        } else {
            serde_json::from_value(input)
        };
        parsed.map_err(|error| {
            Failure::new(FailureCode::BadInput, format!("The input of {} is not right: {error}.", self.name))
        })
    }
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

    fn scope(&self) -> Scope {
        self.scope
    }

    fn summary(&self) -> &'static str {
        self.summary
    }

    fn input(&self) -> InputView {
        let config = config();
        let mut declarations = Declarations::default();
        declare::<I>(&config, &mut declarations);
        let name = I::name(&config);
        let own = name.strip_suffix(" | null").unwrap_or(&name);
        InputView { types: declarations.beginning_with(own), example: example(own), name }
    }

    fn check(&self, input: Value) -> Result<(), Failure> {
        self.parse(input).map(drop)
    }

    fn run(&self, app: &App, input: Value) -> Result<Value, Failure> {
        serde_json::to_value((self.run)(app, self.parse(input)?)?).map_err(|error| {
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

/// How TypeScript is written.
pub(crate) fn config() -> Config {
    // Whole numbers of 64 bits do not cross the edge; sizes fit a number.
    Config::new().with_large_int("number")
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
