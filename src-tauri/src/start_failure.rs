//! A dialog for a failed start: what happened, what to do, and a button to try again. It needs neither the database
//! nor the web view.

use app::text::Locale;
use app::{Failure, Language};
use domain::FailureCode;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};

/// Shows why the program cannot start. The person tries again, or ends it with exit code 1.
pub(crate) fn show(handle: &AppHandle, failure: &Failure, try_again: impl Fn(&AppHandle) + Send + 'static) {
    tracing::error!(%failure, code = %failure.code, "the program cannot start");
    let texts = Texts::of(failure, Locale::choose(Language::System));
    let inner = handle.clone();
    handle
        .dialog()
        .message(texts.body)
        .title(texts.title)
        .kind(MessageDialogKind::Error)
        .buttons(MessageDialogButtons::OkCancelCustom(texts.try_again.to_owned(), texts.quit.to_owned()))
        .show(move |again| {
            if !again {
                return inner.exit(1);
            }
            let handle = inner.clone();
            if let Err(error) = inner.run_on_main_thread(move || try_again(&handle)) {
                tracing::error!(%error, "it could not be tried again");
                inner.exit(1);
            }
        });
}

struct Texts {
    title: &'static str,
    body: String,
    try_again: &'static str,
    quit: &'static str,
}

impl Texts {
    fn of(failure: &Failure, locale: Locale) -> Self {
        match locale {
            Locale::German => {
                let body = format!("{}\n\nGenauer (englisch): {}", german(failure.code), failure.message);
                Self { title: "Workmate konnte nicht starten", body, try_again: "Nochmal versuchen", quit: "Beenden" }
            }
            Locale::English => Self {
                title: "Workmate could not start",
                body: failure.message.clone(),
                try_again: "Try again",
                quit: "Quit",
            },
        }
    }
}

/// What happened and what to do. The message of the failure, which follows, names the file.
fn german(code: FailureCode) -> &'static str {
    match code {
        FailureCode::BadProfile => {
            "Dieser Ordner lässt sich nicht als Profil verwenden. Bitte einen anderen Ordner angeben."
        }
        FailureCode::Busy => "Ein anderes Programm schreibt gerade in die Datenbank. Bitte einen Moment warten.",
        FailureCode::Corrupt => {
            "Die Datenbank ist beschädigt. Bitte die letzte Sicherung zurückspielen. Die Originale liegen getrennt davon \
             im Ordner „archive“."
        }
        FailureCode::DatabaseGone => {
            "Die Datenbank fehlt oder ist leer, aber im Archiv liegen Briefe. Es wurde nichts verändert. Bitte die Datenbank \
             zurücklegen; Kopien von ihr liegen im Ordner „backups“. Oder „workmate-cli adopt“ legt eine neue an und nimmt \
             jedes Original noch einmal auf."
        }
        FailureCode::ForeignDatabase => {
            "Die Datenbank gehört nicht zu diesem Profil. Es wurde nichts verändert. Bitte die richtige zurücklegen; Kopien \
             von ihr liegen im Ordner „backups“. Oder „workmate-cli adopt“ legt diese beiseite, macht eine neue und nimmt \
             jedes Original noch einmal auf."
        }
        FailureCode::DiskFull => "Die Festplatte ist voll. Bitte Platz schaffen. Es ist nichts verloren gegangen.",
        FailureCode::Io => "Die Festplatte hat nicht mitgespielt. Bitte sie und die Zugriffsrechte des Ordners prüfen.",
        FailureCode::Migration => {
            "Die Datenbank ließ sich nicht auf den neuen Stand bringen. Bitte Workmate noch einmal starten. Eine Kopie von \
             vorher liegt im Ordner „backups“."
        }
        FailureCode::NewerDatabase => {
            "Diese Daten stammen von einem neueren Workmate. Bitte Workmate aktualisieren; es wurde nichts verändert."
        }
        FailureCode::ReadOnly => "In den Ordner kann nicht geschrieben werden. Bitte seine Zugriffsrechte prüfen.",
        _ => "Etwas hat nicht geklappt. Bitte Workmate noch einmal starten.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_failure_both_languages_say_what_happened_and_name_the_file() {
        let failure = |code| Failure::new(code, "/home/kim/data/workmate.db was made by a newer version.");
        for code in FailureCode::ALL.iter().copied() {
            for locale in [Locale::German, Locale::English] {
                let texts = Texts::of(&failure(code), locale);
                assert!(texts.body.contains("/home/kim/data/workmate.db"), "{code}: {}", texts.body);
            }
            assert!(Texts::of(&failure(code), Locale::German).body.contains("Bitte"), "{code}: the way out");
        }
    }
}
