//! Which action each key means.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::InputRequest;

use super::action::{ACTIONS, Action, Scope};
use super::key::{Key, NotAKey};

/// Which action each key stands for, in each scope.
#[derive(Clone, Debug)]
pub struct Keymap {
    actions: HashMap<(Scope, Key), Action>,
}

/// What a key means where it was pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    Act(Action),
    /// A change of the line being typed.
    Edit(InputRequest),
}

/// Says why a key cannot be bound.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("no command is called “{0}”; `?` in the program lists them")]
    NoSuchAction(String),
    #[error(transparent)]
    NotAKey(#[from] NotAKey),
    #[error("{0} is bound twice: to {1} and to {2}")]
    Twice(Key, &'static str, &'static str),
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&[]).expect("the table's own keys are keys and are used once")
    }
}

impl Keymap {
    /// The default keys, except for the actions named in `bindings`, which have just these keys.
    /// A key that is taken from an action that keeps its defaults is no longer that action's.
    pub fn with(bindings: &[(String, Vec<String>)]) -> Result<Self, BindError> {
        let mut actions = HashMap::new();
        for (name, keys) in bindings {
            let action =
                Action::from_name(name).ok_or_else(|| BindError::NoSuchAction(name.clone()))?;
            for key in keys {
                bind(&mut actions, key.parse()?, action)?;
            }
        }
        let rebound =
            |action: Action| bindings.iter().any(|(name, _)| name == action.description().name);
        let taken: Vec<(Scope, Key)> = actions.keys().copied().collect();
        for entry in ACTIONS.iter().filter(|entry| !rebound(entry.action)) {
            for key in entry.keys {
                let key: Key = key.parse()?;
                if !taken.contains(&(entry.scope, key)) {
                    bind(&mut actions, key, entry.action)?;
                }
            }
        }
        Ok(Self { actions })
    }

    /// The meaning of a key in `scope`.
    pub fn act(&self, key: KeyEvent, scope: Scope) -> Option<Action> {
        let key = Key::from(key);
        let mut scopes = std::iter::successors(Some(scope), |scope| scope.outer());
        scopes.find_map(|scope| self.actions.get(&(scope, key)).copied())
    }

    /// The meaning of a key while a line is typed in `scope`: characters and the usual editing keys belong to
    /// the line, the rest acts.
    pub fn while_typing(&self, key: KeyEvent, scope: Scope) -> Option<Input> {
        edit(key).map(Input::Edit).or_else(|| self.act(key, scope).map(Input::Act))
    }

    /// The key of an action as the screen names it; empty when it has none.
    pub fn key(&self, action: Action) -> String {
        self.keys(action).first().map_or_else(String::new, Key::to_string)
    }

    /// The keys of an action, the table's first.
    pub fn keys(&self, action: Action) -> Vec<Key> {
        let mut keys: Vec<Key> = self
            .actions
            .iter()
            .filter(|&(_, &bound)| bound == action)
            .map(|(&(_, key), _)| key)
            .collect();
        let defaults: Vec<Option<Key>> =
            action.description().keys.iter().map(|key| key.parse().ok()).collect();
        keys.sort_by_cached_key(|key| {
            let place = defaults.iter().position(|default| *default == Some(*key));
            (place.unwrap_or(usize::MAX), key.to_string())
        });
        keys
    }
}

fn bind(
    actions: &mut HashMap<(Scope, Key), Action>,
    key: Key,
    action: Action,
) -> Result<(), BindError> {
    let entry = action.description();
    match actions.insert((entry.scope, key), action) {
        Some(other) if other != action => {
            Err(BindError::Twice(key, other.description().name, entry.name))
        }
        _ => Ok(()),
    }
}

fn edit(key: KeyEvent) -> Option<InputRequest> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(match key.code {
        KeyCode::Backspace if control || alt => InputRequest::DeletePrevWord,
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left if control || alt => InputRequest::GoToPrevWord,
        KeyCode::Right if control || alt => InputRequest::GoToNextWord,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        KeyCode::Char('a') if control => InputRequest::GoToStart,
        KeyCode::Char('e') if control => InputRequest::GoToEnd,
        KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
        KeyCode::Char('u') if control => InputRequest::DeleteFromStart,
        KeyCode::Char('k') if control => InputRequest::DeleteTillEnd,
        KeyCode::Char('h') if control => InputRequest::DeletePrevChar,
        KeyCode::Char('y') if control => InputRequest::Yank,
        KeyCode::Char(c) if !control && !alt => InputRequest::InsertChar(c),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> KeyEvent {
        match text.strip_prefix("ctrl-") {
            Some(rest) => {
                KeyEvent::new(KeyCode::Char(rest.chars().next().unwrap()), KeyModifiers::CONTROL)
            }
            None => KeyEvent::from(KeyCode::Char(text.chars().next().unwrap())),
        }
    }

    fn binding(name: &str, keys: &[&str]) -> (String, Vec<String>) {
        (name.to_owned(), keys.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_key_may_mean_something_else_in_one_place() {
        let keymap = Keymap::default();
        assert_eq!(keymap.act(key("s"), Scope::Everywhere), Some(Action::Sort));
        assert_eq!(keymap.act(key("s"), Scope::Comparison), Some(Action::Swap));
        assert_eq!(keymap.act(key("j"), Scope::Comparison), Some(Action::Down));
    }

    #[test]
    fn typing_comes_before_commands() {
        let keymap = Keymap::default();
        assert_eq!(
            keymap.while_typing(key("q"), Scope::Line),
            Some(Input::Edit(InputRequest::InsertChar('q')))
        );
        assert_eq!(
            keymap.while_typing(key("ctrl-u"), Scope::Line),
            Some(Input::Edit(InputRequest::DeleteFromStart))
        );
        assert_eq!(
            keymap.while_typing(key("ctrl-c"), Scope::Line),
            Some(Input::Act(Action::QuitNow))
        );
    }

    #[test]
    fn a_user_binding_replaces_the_defaults_of_its_action_and_takes_keys_from_others() {
        let keymap = Keymap::with(&[binding("zoom", &["j", "ctrl-x"])]).unwrap();
        assert_eq!(keymap.act(key("j"), Scope::Everywhere), Some(Action::Zoom));
        assert_eq!(keymap.act(key("z"), Scope::Everywhere), None);
        assert_eq!(keymap.keys(Action::Down).len(), 2);
    }

    #[test]
    fn bindings_that_make_no_sense_say_so() {
        for (bindings, words) in [
            (vec![binding("zom", &["j"])], "no command is called “zom”"),
            (vec![binding("zoom", &["jj"])], "“jj” is no key"),
            (
                vec![binding("zoom", &["j"]), binding("help", &["j"])],
                "j is bound twice: to zoom and to help",
            ),
        ] {
            let error = Keymap::with(&bindings).unwrap_err().to_string();
            assert!(error.starts_with(words), "{error}");
        }
    }
}
