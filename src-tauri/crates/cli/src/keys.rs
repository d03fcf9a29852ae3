//! `keys`: what other programs may use the server with.

use std::process::ExitCode;

use app::api::keys;
use app::{App, NewKey, OneKey};
use clap::ValueEnum;
use domain::{KeyId, Scope};

use crate::output::{print, print_data, show};
use crate::text::{self, cell, say, word};

/// `keys [--add NAME [--scope SCOPE] [--days N] | --revoke ID]`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Make a key with this name; it is shown this one time.
    #[arg(long, value_name = "NAME", conflicts_with = "revoke")]
    add: Option<String>,
    /// What the new key may be used for; read if left out.
    #[arg(long, value_name = "SCOPE", value_enum, requires = "add")]
    scope: Option<NamedScope>,
    /// For how many days it is valid; 90 if left out.
    #[arg(long, value_name = "N", requires = "add")]
    days: Option<u32>,
    /// Let the key with this id open nothing any more.
    #[arg(long, value_name = "ID")]
    revoke: Option<KeyId>,
}

/// [`Scope`] as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum NamedScope {
    Read,
    Write,
    Admin,
}

impl From<NamedScope> for Scope {
    fn from(named: NamedScope) -> Self {
        match named {
            NamedScope::Read => Self::Read,
            NamedScope::Write => Self::Write,
            NamedScope::Admin => Self::Admin,
        }
    }
}

pub(crate) fn run(app: &App, arguments: Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let Arguments { add, scope, days, revoke } = arguments;
    if let Some(name) = add {
        let made = keys::add(app, NewKey { name, scope: scope.map_or(Scope::Read, Scope::from), days })?;
        if as_json {
            print_data(&made)?;
        } else {
            let secret = made.secret;
            print(say(
                format!("Der Schlüssel wird nur dieses eine Mal gezeigt:\n\n    {secret}\n"),
                format!("The key is shown this one time:\n\n    {secret}\n"),
            ))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(id) = revoke {
        keys::revoke(app, OneKey { id })?;
        if as_json {
            print_data(&())?;
        } else {
            print(say("Der Schlüssel gilt nicht mehr.", "The key is valid no more."))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let zone = app.settings()?.preferences()?.zone;
    let head = say(
        ["Schlüssel", "Darf", "Gültig bis", "Zuletzt benutzt", "Kennung"],
        ["Key", "May", "Valid until", "Last used", "Id"],
    );
    show(&keys::list(app, ())?, as_json, &head, |row| {
        let until = text::instant(row.expires_at, &zone);
        vec![
            row.name.clone(),
            word("scope_", row.scope.as_str()),
            if row.expired { format!("({until})") } else { until },
            cell(row.last_used_at, |at| text::instant(at, &zone)),
            row.id.to_string(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}
