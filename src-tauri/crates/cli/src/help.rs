//! Help and usage errors in the language of the system. The English texts are the comments of the arguments; the German
//! ones stand here. What clap writes itself (headings, defaults, errors) is said in German, too.

use std::process::ExitCode;

use app::text::Locale;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command, CommandFactory as _};

use crate::Cli;
use crate::output::tell;
use crate::text::NotTyped;

/// Of a subcommand, of an argument of a subcommand, or, behind a dot, of an argument that several have.
const GERMAN: &[(&str, &str)] = &[
    ("workmate-cli", "Workmate Private auf der Kommandozeile."),
    (".profile", "Datenordner statt des üblichen."),
    (
        ".password_file",
        "Die erste Zeile dieser Datei ist das Passwort verschlüsselter Daten; „-“ für die Standardeingabe.",
    ),
    (".json", "JSON statt Text ausgeben; die Form steht unter „workmate-cli --help“."),
    (".help", "Diese Hilfe zeigen."),
    (".version", "Die Version zeigen."),
    (
        ".passwords",
        "Diese Passwörter bei geschützten Dateien versuchen: eines je Zeile dieser Datei, „-“ für die Standardeingabe.",
    ),
    (".files", "Dateien oder Ordner."),
    ("inspect", "Dateien lesen und verstehen, nichts speichern."),
    ("inspect.no_xml", "Das XML von E-Rechnungen übergehen, um die Seite zu messen."),
    ("inspect.text", "Auch den Text."),
    ("inspect.trace", "Auch, was jeder Schritt des Verstehens mit den Vorschlägen gemacht hat (englisch)."),
    ("inspect.plan", "Auch die Aufgaben, die daraus würden."),
    ("inspect.today", "Von diesem Tag aus planen statt von heute, etwa 14.11.2026."),
    ("inspect.land", "Wessen Feiertage zählen, etwa NW oder BY (sonst NW)."),
    ("inspect.no_second_reader", "Jede Seite einmal lesen, auch wo der erste Leser unsicher ist."),
    ("inspect.relative_to", "Dateien von diesem Ordner aus benennen."),
    ("inspect.jobs", "So viele Dateien nebeneinander; sonst eine je Kern."),
    ("codes", "Die Codes auf Dateien lesen (QR-Codes, Strichcodes), nichts speichern."),
    ("codes.qr", "Nur QR-Codes, wie beim Lesen eines Briefs; sechsmal so schnell."),
    ("import", "Dateien aufnehmen, wie aus dem Eingangsordner."),
    ("import.paths", "Dateien oder Ordner; aus Ordnern alles, was darin ist."),
    ("import.from_export", "Zurückholen, was „export“ in diesen Ordner geschrieben hat; in ein leeres Profil."),
    ("import.from_paperless", "Einen Export von paperless-ngx aufnehmen: einen Ordner oder eine ZIP-Datei."),
    ("import.preview", "Nur sagen, was das täte."),
    ("import.wait", "Warten, bis alles gelesen ist; liest selbst, wenn es sonst niemand tut."),
    ("export", "Alles in einen Ordner schreiben, lesbar ohne dieses Programm."),
    ("export.folder", "Ein neuer oder ein leerer Ordner."),
    ("watch", "Alles ohne Fenster: Eingangsordner, Lesen, Erinnerungen."),
    ("documents", "Dokumente zeigen, die neuesten zuerst; mit Wörtern die, die passen."),
    ("search", "Dokumente finden: Wörter, \"genaue Wörter\", -nicht, von:, art:, betrag:>100, datum:2025 …"),
    (".query", "Wonach gesucht wird, wie im Suchfeld; hinter „--“ darf ein Wort mit einem Minus beginnen."),
    (".limit", "Höchstens so viele; eine Suche zeigt sonst 20."),
    ("tasks", "Offene Aufgaben nach ihrem Tag zeigen."),
    ("tasks.all", "Auch die erledigten."),
    ("reminders", "Erinnerungen zeigen, die noch kommen."),
    ("history", "Was geändert wurde, von wem und wann, mit alten und neuen Werten; das Neueste zuerst."),
    ("history.document", "Nur, was dieses Dokument und seine Aufgaben betrifft."),
    ("history.check", "Nachsehen, ob der Verlauf ist, wie er war, und sein Ende zeigen."),
    ("history.is_part", "Auch, ob er dieses Ende fortsetzt, das anderswo aufgehoben wurde."),
    (
        "backup",
        "Alles sichern, verschlüsselt, in einen Ordner, den restic lesen kann; zählt erst, wenn es geprüft ist.",
    ),
    ("backup.to", "Von jetzt an in diesen Ordner sichern; die Wörter dazu werden gemacht und gezeigt."),
    ("backup.words_from_stdin", "Die zwölf Wörter von der Standardeingabe lesen statt neue zu machen."),
    ("restore", "Eine Sicherung als neues Profil zurückspielen."),
    ("restore.folder", "Der Ordner der Sicherung. Ihre zwölf Wörter kommen von der Standardeingabe."),
    ("restore.list", "Nur zeigen, welche Stände es gibt."),
    ("restore.state", "Diesen Stand zurückspielen statt des neuesten: der Anfang seiner Kennung."),
    (
        "diagnostics",
        "Einen Bericht für die Fehlersuche zeigen: Versionen, Zahlen, Fehler, Protokoll; nichts aus Briefen.",
    ),
    ("diagnostics.save", "Den Bericht auch in diesem Ordner speichern."),
    ("verify", "Nachsehen, ob jedes Original da und unverändert ist und ob die Datenbank ganz ist."),
    ("verify.read_data_subset", "Nur einen Teil der Originale lesen, etwa 1/10."),
    ("generate", "Erfundene Dokumente hinzufügen, zum Ausprobieren und Messen."),
    ("generate.documents", "Wie viele Dokumente (sonst 1000)."),
    ("call", "Irgendeinen Befehl des Programms ausführen; ohne Namen alle zeigen."),
    ("call.name", "Name des Befehls; ohne ihn werden alle gezeigt."),
    ("call.input", "Seine Eingabe als JSON; „{}“ oder nichts, wenn er keine hat."),
    ("call.help", "Diese Hilfe zeigen; mit einem Namen die Eingabe dieses Befehls und ein Beispiel."),
    ("serve", "Die Oberfläche für einen Browser anbieten, nur auf diesem Computer."),
    ("serve.port", "Port auf diesem Computer; ohne Angabe irgendein freier."),
    ("serve.ui", "Ordner der gebauten Oberfläche."),
    ("serve.no_engine", "Nur die Oberfläche: Eingangsordner, Lesen und Erinnerungen anderen Prozessen überlassen."),
    ("keys", "Die Schlüssel zeigen, mit denen andere Programme den Server benutzen; einen machen oder beenden."),
    ("keys.add", "Einen Schlüssel dieses Namens machen; er wird nur dieses eine Mal gezeigt."),
    ("keys.scope", "Was der neue Schlüssel darf; sonst read (lesen)."),
    ("keys.days", "Wie viele Tage er gilt; sonst 90."),
    ("keys.revoke", "Den Schlüssel mit dieser Kennung beenden."),
    ("encryption", "Ob die Daten verschlüsselt sind; sie verschlüsseln oder das beenden."),
    (
        "encryption.on",
        "Alles verschlüsseln; die zwölf Wörter, die es neben dem Passwort öffnen, werden einmal gezeigt.",
    ),
    ("encryption.off", "Alles wieder ohne Verschlüsselung schreiben."),
    ("encryption.change_password", "Das Passwort ändern; nach dem neuen wird gefragt, oder es steht in einer Datei."),
    ("encryption.remember", "Der Schlüsselbund des Systems öffnet die Daten; nach dem Passwort wird nicht gefragt."),
    ("encryption.forget", "Wieder bei jedem Start nach dem Passwort fragen."),
    ("encryption.age_key", "Den Schlüssel zeigen, mit dem das Programm „age“ die Originale auch ohne dieses öffnet."),
    (
        "encryption.words",
        "Die zwölf Wörter aus dieser Datei nehmen statt neuer, etwa die der Sicherung; „-“ für die Standardeingabe.",
    ),
    (
        "encryption.new_password_file",
        "Das neue Passwort ist die erste Zeile dieser Datei; „-“ für die Standardeingabe.",
    ),
    (
        "adopt",
        "Eine neue Datenbank anlegen, wo die alte fehlt, beschädigt ist oder zu einem anderen Profil gehört; alle Originale \
         noch einmal aufnehmen.",
    ),
    ("bindings", "Die TypeScript-Typen aller Befehle ausgeben."),
    ("help", "Diese Hilfe zeigen oder die eines Befehls."),
];

/// What stands for a value.
const GERMAN_VALUES: &[(&str, &str)] = &[
    ("DIR", "ORDNER"),
    ("FILE", "DATEI"),
    ("FILE|DIR", "DATEI|ORDNER"),
    ("DAY", "TAG"),
    ("CODE", "LAND"),
    ("N", "ZAHL"),
    ("SCOPE", "UMFANG"),
    ("N/M", "N/M"),
    ("ID", "KENNUNG"),
    ("HEAD", "ENDE"),
    ("PORT", "ZAHL"),
    ("NAME", "NAME"),
    ("INPUT", "EINGABE"),
    ("QUERY", "SUCHE"),
    ("COMMAND", "BEFEHL"),
];

/// The command line in a language.
pub(crate) fn command(locale: Locale) -> Command {
    let (begin, json, codes) = match locale {
        Locale::English => (
            "To begin: workmate-cli inspect --plan FILE",
            "With --json each command prints one line: {\"data\": …}, lists as arrays, or {\"error\": {\"code\", \"message\", \
             \"detail\"}}. A question to search has its \"answer\" beside the data. inspect and codes print a line for each file: {\"file\", …} or {\"file\", \"error\"}.",
            "Exit code: 0 success, 1 failure, 2 wrong usage.",
        ),
        Locale::German => (
            "Für den Anfang: workmate-cli inspect --plan DATEI",
            "Mit --json gibt jeder Befehl eine Zeile aus: {\"data\": …}, Listen als Arrays, oder {\"error\": {\"code\", \
             \"message\", \"detail\"}}. Eine Frage an search hat ihre \"answer\" neben den Daten. inspect und codes geben eine Zeile je Datei aus: {\"file\", …} oder {\"file\", \"error\"}.",
            "Rückgabewert: 0 gelungen, 1 gescheitert, 2 falscher Aufruf.",
        ),
    };
    let mut command = Cli::command().after_help(format!("{begin}\n\n{json}\n\n{codes}"));
    if locale == Locale::German {
        // Building adds what clap has of its own: --help, --version and help.
        command.build();
        command = in_german(command);
    }
    command
}

/// The help of a subcommand.
pub(crate) fn of(name: &str, locale: Locale) -> String {
    let mut command = command(locale);
    command.build();
    command.find_subcommand_mut(name).map(|found| found.render_help().to_string()).unwrap_or_default()
}

/// Shows help, or says what is wrong with the arguments.
pub(crate) fn refuse(error: &Error, locale: Locale) -> ExitCode {
    let is_wrong = error.use_stderr();
    let shows_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if locale == Locale::German && !shows_help {
        tell(format_args!("workmate-cli: {}\n\n„workmate-cli --help“ zeigt, was es gibt.", what_is_wrong(error)));
    } else if let Err(unwritten) = error.print() {
        tracing::debug!(%unwritten, "nobody reads the help");
    }
    if is_wrong { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

fn german(key: &str) -> Option<&'static str> {
    GERMAN.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

fn in_german(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[OPTIONEN]");
    let usage = GERMAN_VALUES.iter().fold(usage, |usage, (english, german)| {
        ["<>", "[]"].iter().fold(usage, |usage, around| {
            let (open, close) = around.split_at(1);
            usage.replace(&format!("{open}{english}{close}"), &format!("{open}{german}{close}"))
        })
    });
    let sections = [
        (command.has_subcommands(), "Befehle:\n{subcommands}"),
        (command.get_positionals().next().is_some(), "Angaben:\n{positionals}"),
        (command.get_opts().next().is_some(), "Optionen:\n{options}"),
    ];
    let sections: Vec<_> = sections.iter().filter(|(there, _)| *there).map(|(_, section)| *section).collect();
    let template = format!("{{about-with-newline}}\nAufruf: {{usage}}\n\n{}{{after-help}}", sections.join("\n\n"));
    command
        .about(german(&name))
        .override_usage(usage)
        .help_template(template)
        .mut_args(|argument| argument_in_german(argument, &name))
        .mut_subcommands(in_german)
}

fn argument_in_german(argument: Arg, command: &str) -> Arg {
    let id = argument.get_id().as_str();
    let help = german(&format!("{command}.{id}")).or_else(|| german(&format!(".{id}")));
    let names = argument.get_value_names().unwrap_or_default().iter();
    let names: Vec<_> = names.filter_map(|name| GERMAN_VALUES.iter().find(|(english, _)| english == name)).collect();
    let argument = argument.help(help).hide_default_value(true);
    if names.is_empty() { argument } else { argument.value_names(names.iter().map(|(_, german)| *german)) }
}

/// What clap says, in German.
fn what_is_wrong(error: &Error) -> String {
    let about = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (about(ContextKind::InvalidArg), about(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            // Of several the likeliest, which clap names last.
            let near = match error.get(ContextKind::SuggestedSubcommand) {
                Some(ContextValue::Strings(all)) => all.last().cloned().unwrap_or_default(),
                _ => about(ContextKind::SuggestedSubcommand),
            };
            let near = if near.is_empty() { near } else { format!(" War „{near}“ gemeint?") };
            format!("Den Befehl „{}“ gibt es nicht.{near}", about(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => {
            let near = about(ContextKind::SuggestedArg);
            let near = if near.is_empty() { near } else { format!(" War „{near}“ gemeint?") };
            format!("„{argument}“ passt hier nicht.{near}")
        }
        ErrorKind::MissingRequiredArgument => format!("Es fehlt: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("Hinter {argument} fehlt etwas."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            use std::error::Error as _;
            // What the library says of numbers is English.
            let why = error.source().filter(|why| why.is::<NotTyped>()).map(|why| format!(": {why}"));
            format!("„{value}“ passt nicht zu {argument}{}.", why.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => format!("{argument} passt nicht zu den anderen Angaben."),
        _ => format!("Der Aufruf stimmt nicht ({}).", error.kind()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(command: &Command) -> Vec<&Command> {
        [vec![command], command.get_subcommands().flat_map(all).collect()].concat()
    }

    #[test]
    fn every_subcommand_and_argument_has_a_german_help_and_none_is_left_over() {
        let mut english = Cli::command();
        english.build();
        let mut used = std::collections::BTreeSet::new();
        for command in all(&english).into_iter().filter(|one| one.get_bin_name() != Some("workmate-cli help")) {
            let name = command.get_name();
            assert!(german(name).is_some(), "{name}");
            used.insert(name.to_owned());
            for argument in command.get_arguments() {
                let keys = [format!("{name}.{}", argument.get_id()), format!(".{}", argument.get_id())];
                let key = keys.into_iter().find(|key| german(key).is_some());
                used.insert(key.unwrap_or_else(|| panic!("{name}: {}", argument.get_id())));
                for value in argument.get_value_names().unwrap_or_default() {
                    let takes = argument.get_num_args().is_none_or(|count| count.takes_values());
                    let known = GERMAN_VALUES.iter().any(|(english, _)| english == value);
                    assert!(known || !takes, "{name} {}: {value}", argument.get_id());
                }
            }
        }
        let left: Vec<_> = GERMAN.iter().filter(|(key, _)| !used.contains(*key)).collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn german_help_has_no_english_scaffolding() {
        let mut german = command(Locale::German);
        german.build();
        for command in all(&german) {
            let help = command.clone().render_help().to_string();
            for english in ["Usage", "Options", "OPTIONS", "COMMAND", "Arguments", "default", "Print", "<FILE", "DIR"] {
                assert!(!help.contains(english), "{english} in:\n{help}");
            }
        }
    }
}
