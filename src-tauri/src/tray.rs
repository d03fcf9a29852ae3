//! The tray: the most urgent task, the next tasks, add, pause, open, quit. On Linux a tray has no tooltip and sends no
//! clicks, so everything is in the menu, and its first line says what the icon means.

use std::sync::{Arc, Mutex, PoisonError};

use app::AppEvent;
use app::api::reminders::{self, Pause, PauseReminders};
use app::text::Locale;
use app::{App, TrayTask, TrayView};
use domain::Urgency;
use tauri::image::Image;
use tauri::menu::{Menu, MenuBuilder, MenuEvent, MenuItemBuilder, SubmenuBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::DialogExt as _;

use crate::{Running, lock, start, window};

const ID: &str = "main";
const TASKS: usize = 3;
const TASK_PREFIX: &str = "task:";
/// The id of the first line, which opens the first task.
const FIRST_PREFIX: &str = "first:";
/// The address of the field for a new task.
const ADD_TASK: &str = "#/tasks/new";

/// The id of a menu item, the pause that it means, and its text.
type PauseItem = (&'static str, Pause, fn(Locale) -> &'static str);

/// The items that pause reminders, or resume them: id, choice and label.
const PAUSES: [PauseItem; 3] = [
    ("pause:one_hour", Pause::OneHour, Locale::pause_hour),
    ("pause:until_tomorrow", Pause::UntilTomorrow, Locale::pause_tomorrow),
    ("pause:resume", Pause::Resume, Locale::resume_reminders),
];

/// The icons differ in shape, not only in colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Icon {
    /// A letter with a tick.
    Calm,
    /// With a dot.
    Soon,
    /// With a triangle that holds an exclamation mark.
    Now,
}

impl Icon {
    fn of(urgency: Option<Urgency>) -> Self {
        match urgency {
            Some(Urgency::Critical) => Self::Now,
            Some(Urgency::High) => Self::Soon,
            Some(Urgency::Medium | Urgency::Low) | None => Self::Calm,
        }
    }

    fn image(self) -> tauri::Result<Image<'static>> {
        Image::from_bytes(match self {
            Self::Calm => include_bytes!("../../assets/icons/tray.png").as_slice(),
            Self::Soon => include_bytes!("../../assets/icons/tray-attention.png"),
            Self::Now => include_bytes!("../../assets/icons/tray-now.png"),
        })
    }
}

/// What the tray shows at the moment, so that only differences are drawn.
static SHOWN: Mutex<Option<Icon>> = Mutex::new(None);

/// Creates the tray; returns whether the desktop shows it.
pub(crate) fn build(handle: &AppHandle, app: &App) -> anyhow::Result<()> {
    let view = app.tray(TASKS)?;
    let icon = Icon::of(view.urgency);
    // The one of the locked program goes.
    drop(handle.remove_tray_by_id(ID));
    TrayIconBuilder::with_id(ID)
        .icon(icon.image()?)
        .tooltip(&view.headline)
        .menu(&menu(handle, app, view)?)
        .on_menu_event(chosen)
        .build(handle)?;
    *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(icon);
    app.set_tray(somebody_shows_it());
    Ok(())
}

/// The tray of a locked program: it says no more than that.
pub(crate) fn build_locked(handle: &AppHandle, locale: Locale) -> anyhow::Result<bool> {
    let item = |id: &str, label: &str| MenuItemBuilder::with_id(id, label).build(handle);
    let menu = MenuBuilder::new(handle)
        .item(&MenuItemBuilder::with_id("locked", locale.is_locked()).enabled(false).build(handle)?)
        .separator()
        .item(&item("unlock", locale.unlock())?)
        .item(&item("quit", locale.quit())?)
        .build()?;
    TrayIconBuilder::with_id(ID)
        .icon(Icon::Calm.image()?)
        .tooltip(locale.is_locked())
        .menu(&menu)
        .on_menu_event(|handle, event| match event.id().as_ref() {
            "unlock" => lock::show_soon(handle),
            "quit" => handle.exit(0),
            _ => {}
        })
        .build(handle)?;
    Ok(somebody_shows_it())
}

/// Updates the menu, on the main thread as GTK requires.
pub(crate) fn refresh(handle: &AppHandle) {
    start::on_main_thread(handle, "tray", |handle| {
        let app = &handle.state::<Running>().app;
        app.set_tray(somebody_shows_it());
        if let Err(error) = show(handle, app) {
            tracing::error!(%error, "the tray's menu could not be brought up to date");
        }
    });
}

fn show(handle: &AppHandle, app: &App) -> anyhow::Result<()> {
    let Some(tray) = handle.tray_by_id(ID) else { return Ok(()) };
    let view = app.tray(TASKS)?;
    let icon = Icon::of(view.urgency);
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if *shown != Some(icon) {
        tray.set_icon(Some(icon.image()?))?;
        *shown = Some(icon);
    }
    tray.set_tooltip(Some(&view.headline))?;
    tray.set_menu(Some(menu(handle, app, view)?))?;
    Ok(())
}

fn menu(handle: &AppHandle, app: &App, view: TrayView) -> anyhow::Result<Menu<tauri::Wry>> {
    let TrayView { headline, tasks, paused, .. } = view;
    let locale = app.locale()?;
    let item = |id: &str, label: &str| MenuItemBuilder::with_id(id, label).build(handle);
    let mut menu = MenuBuilder::new(handle);
    menu = match tasks.first() {
        Some(first) => menu.item(&item(&format!("{FIRST_PREFIX}{}", first.id), &headline)?).separator(),
        None => menu.item(&MenuItemBuilder::with_id("nothing", &headline).enabled(false).build(handle)?),
    };
    if let Some(paused) = paused {
        menu = menu.item(&MenuItemBuilder::with_id("paused", paused).enabled(false).build(handle)?);
    }
    for TrayTask { id, label } in tasks {
        menu = menu.item(&item(&format!("{TASK_PREFIX}{id}"), &label)?);
    }
    let mut pause = SubmenuBuilder::new(handle, locale.pause_reminders());
    for (id, _, label) in PAUSES {
        pause = pause.item(&item(id, label(locale))?);
    }
    let pause = pause.build()?;
    menu = menu
        .separator()
        .item(&item("add_task", locale.add_task())?)
        .item(&item("add", locale.add_document())?)
        .item(&pause)
        .separator();
    if app.is_encrypted() {
        menu = menu.item(&item("lock", locale.lock())?);
    }
    Ok(menu.item(&item("open", locale.open())?).item(&item("quit", locale.quit())?).build()?)
}

fn chosen(handle: &AppHandle, event: MenuEvent) {
    let app = Arc::clone(&handle.state::<Running>().app);
    app.guard("tray", || choose(handle, &event));
}

fn choose(handle: &AppHandle, event: &MenuEvent) {
    let done = match event.id().as_ref() {
        "open" => window::show(handle).map_err(anyhow::Error::from),
        "quit" => {
            handle.exit(0);
            Ok(())
        }
        "lock" => handle.state::<Running>().app.lock().map_err(anyhow::Error::from),
        "add" => {
            add_documents(handle);
            Ok(())
        }
        "add_task" => window::show_at(handle, ADD_TASK).map_err(anyhow::Error::from),
        id => match (
            id.strip_prefix(TASK_PREFIX).or_else(|| id.strip_prefix(FIRST_PREFIX)),
            PAUSES.iter().find(|(item, ..)| *item == id),
        ) {
            (Some(task), _) => open_task(handle, task),
            (None, Some((_, pause, _))) => {
                let app = &handle.state::<Running>().app;
                reminders::pause(app, PauseReminders { pause: *pause }).map(drop).map_err(anyhow::Error::from)
            }
            (None, None) => Ok(()),
        },
    };
    if let Err(error) = done {
        tracing::error!(%error, "a choice in the tray could not be carried out");
    }
}

fn open_task(handle: &AppHandle, task: &str) -> anyhow::Result<()> {
    handle.state::<Running>().app.show(&AppEvent::OpenTask { id: task.parse()? });
    Ok(())
}

fn add_documents(handle: &AppHandle) {
    let inner = handle.clone();
    let title = handle.state::<Running>().app.locale().unwrap_or(Locale::English).add_document();
    handle.dialog().file().set_title(title).pick_files(move |files| {
        let paths = files.unwrap_or_default().into_iter().filter_map(|file| file.into_path().ok()).collect();
        start::ingest(&inner, paths);
    });
}

/// Whether the desktop shows tray icons. On Linux a StatusNotifierWatcher must own its name on the bus.
fn somebody_shows_it() -> bool {
    #[cfg(target_os = "linux")]
    {
        use zbus::blocking::Connection;
        /// The connection is kept, because every change of the tray asks.
        static BUS: Mutex<Option<Connection>> = Mutex::new(None);
        let mut bus = BUS.lock().unwrap_or_else(PoisonError::into_inner);
        let connected = bus.take().filter(|bus| !bus.inner().is_closed()).map_or_else(Connection::session, Ok);
        let asked = connected.and_then(|connected| {
            let owned = zbus::blocking::fdo::DBusProxy::new(bus.insert(connected))?
                .name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?;
            Ok(owned)
        });
        asked.unwrap_or_else(|error: zbus::Error| {
            tracing::info!(%error, "no session bus, so no tray");
            false
        })
    }
    #[cfg(not(target_os = "linux"))]
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const ICONS: [Icon; 3] = [Icon::Calm, Icon::Soon, Icon::Now];

    /// Where the icon is drawn, whatever its colour.
    fn shape(icon: Icon) -> Vec<bool> {
        let image = icon.image().expect("a PNG of ours");
        image.rgba().chunks_exact(4).map(|pixel| pixel[3] > 127).collect()
    }

    #[test]
    fn the_icons_of_the_three_states_differ_in_shape_and_not_only_in_colour() {
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            let (one, other) = (shape(ICONS[one]), shape(ICONS[other]));
            let differing = one.iter().zip(&other).filter(|(a, b)| a != b).count();
            // Of 32 × 32 pixels: a sixteenth of them is a square of 8 × 8.
            assert!(differing * 16 > one.len(), "{differing} of {} pixels", one.len());
        }
    }

    #[test]
    fn every_icon_stands_out_from_light_and_dark_panels() {
        // WCAG 2.2, relative luminance, and 3:1 for what is no text.
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |[r, g, b]: [u8; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        let contrast = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        for icon in ICONS {
            let image = icon.image().expect("a PNG of ours");
            for panel in [[0xf6, 0xf5, 0xf4], [0x24, 0x24, 0x24]] {
                let drawn = image.rgba().chunks_exact(4).filter(|pixel| pixel[3] == 255);
                let (mut clear, mut all) = (0, 0);
                for pixel in drawn {
                    all += 1;
                    clear += usize::from(contrast(luminance([pixel[0], pixel[1], pixel[2]]), luminance(panel)) >= 3.0);
                }
                assert!(clear * 10 >= all * 9, "{clear} of {all} pixels on {panel:?}");
            }
        }
    }

    #[test]
    fn the_icon_follows_how_urgent_it_is() {
        let icons = [None, Some(Urgency::Low), Some(Urgency::Medium), Some(Urgency::High), Some(Urgency::Critical)];
        let shown: Vec<usize> =
            icons.map(Icon::of).iter().filter_map(|icon| ICONS.iter().position(|one| one == icon)).collect();
        assert_eq!(shown, [0, 0, 0, 1, 2]);
    }
}
