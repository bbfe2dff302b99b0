//! Everything a key can do: the one table behind the keymap, the help screen, the palette and the
//! README's key table. The order within a group is the order in which people read it.

/// Where a key has its meaning. A key may mean one thing everywhere and another in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Everywhere,
    Filters,
    Detail,
    Comparison,
}

/// What the table says of one action.
#[derive(Debug)]
pub struct Entry {
    pub action: Action,
    pub group: &'static str,
    pub scope: Scope,
    /// What the configuration file calls it.
    pub name: &'static str,
    /// The keys it has when the user binds none.
    pub keys: &'static [&'static str],
    /// On the hint line: one or two words.
    pub hint: &'static str,
    /// In the help and the palette.
    pub help: &'static str,
}

/// Declares [`Action`] and [`ACTIONS`] from one line per action.
macro_rules! actions {
    ($($group:literal $scope:ident { $($action:ident $name:literal [$($key:literal)*] $hint:literal $help:literal)* })*) => {
        /// A thing the user can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($($action,)*)* }

        /// Every action, in the order of [`Action`] and of the help screen.
        pub const ACTIONS: &[Entry] = &[$($(Entry {
            action: Action::$action,
            group: $group,
            scope: Scope::$scope,
            name: $name,
            keys: &[$($key),*],
            hint: $hint,
            help: $help,
        },)*)*];
    };
}

actions! {
    "Move" Everywhere {
        Down "down" ["j" "down"] "down" "Move down"
        Up "up" ["k" "up"] "up" "Move up"
        HalfDown "half-page-down" ["ctrl-d"] "half page" "Half a page down"
        HalfUp "half-page-up" ["ctrl-u"] "half page" "Half a page up"
        PageDown "page-down" ["pagedown" "ctrl-f"] "page" "One page down"
        PageUp "page-up" ["pageup" "ctrl-b"] "page" "One page up"
        Top "top" ["g" "home"] "top" "To the top"
        Bottom "bottom" ["G" "end"] "bottom" "To the bottom"
        NextPane "next-pane" ["tab"] "next pane" "To the next pane"
        PreviousPane "previous-pane" ["shift-tab"] "previous pane" "To the previous pane"
        FiltersPane "filters-pane" ["1"] "filters" "To the filters"
        ListPane "list-pane" ["2"] "list" "To the list"
        DetailPane "detail-pane" ["3"] "detail" "To the trial"
        ComparisonPane "comparison-pane" ["4"] "comparison" "To the comparison"
        Zoom "zoom" ["z"] "zoom" "Give this pane the whole screen, or take it back"
    }
    "Find" Everywhere {
        Search "search" ["/"] "search" "Type a query; in a trial: find in it; in the filters: narrow the values"
        Filters "filters" ["f"] "filters" "Show or leave the filters"
        ClearFilters "clear-filters" ["X"] "clear" "Take back every filter"
        Undo "undo" ["u"] "undo" "Undo the last change of filters or order"
        Redo "redo" ["ctrl-r"] "redo" "Redo it"
        Sort "sort" ["s"] "sort" "Choose the order of the list"
        Reverse "reverse" ["S"] "reverse" "Reverse the order of the list"
    }
    "Trial" Everywhere {
        Read "read" ["enter" "l" "right"] "read" "Read the selected trial; in the filters: choose the value"
        Back "back" ["esc" "h" "left"] "back" "Back, or close what is on top"
        NextStudy "next-trial" ["J"] "next trial" "The next trial, without leaving this one's place"
        PreviousStudy "previous-trial" ["K"] "previous trial" "The previous trial"
        Pin "pin" ["space"] "pin" "Pin the trial for comparison; in the filters: choose the value"
        Compare "compare" ["c"] "compare" "Compare the pinned trials side by side"
        Copy "copy" ["y"] "copy" "Copy the id, the address, the title or the whole text"
        OpenPage "open-page" ["o"] "open page" "Open the trial's page at the registry in the web browser"
    }
    "In the filters" Filters {
        Exclude "exclude" ["x" "-"] "exclude" "Exclude the value, or take that back"
    }
    "In a trial" Detail {
        NextSection "next-section" ["}"] "next section" "To the next section"
        PreviousSection "previous-section" ["{"] "previous section" "To the previous section"
        Outline "outline" ["O"] "outline" "Choose a section"
        NextMatch "next-match" ["n"] "next match" "To the next place found"
        PreviousMatch "previous-match" ["N"] "previous match" "To the previous place found"
    }
    "In a comparison" Comparison {
        DifferencesOnly "differences-only" ["d"] "differences only" "Show only what differs, or everything"
        NextDifference "next-difference" ["]" "n"] "next difference" "To the next difference"
        PreviousDifference "previous-difference" ["[" "N"] "previous difference" "To the previous difference"
        Swap "swap" ["s"] "swap" "Change sides"
    }
    "Program" Everywhere {
        Help "help" ["?" "f1"] "help" "Show the keys"
        Palette "palette" [":"] "commands" "Choose a command by its name"
        Problems "problems" ["!"] "problems" "List the records that were skipped, and why"
        Mouse "mouse" ["M"] "mouse" "Turn the mouse off, so that the terminal selects text, or on"
        Suspend "suspend" ["ctrl-z"] "suspend" "Go to the shell; fg comes back"
        Quit "quit" ["q"] "quit" "Up one level; from the list: quit"
        QuitNow "quit-now" ["Q" "ctrl-c"] "quit at once" "Quit at once"
    }
}

impl Action {
    /// What the table says of this action.
    pub fn entry(self) -> &'static Entry {
        &ACTIONS[self as usize]
    }

    /// The action that the configuration file calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|entry| entry.name == name).map(|entry| entry.action)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_table_is_in_order_and_no_name_is_used_twice() {
        let mut names = HashSet::new();
        for (index, entry) in ACTIONS.iter().enumerate() {
            assert_eq!(entry.action as usize, index);
            assert!(names.insert(entry.name), "{}", entry.name);
            assert!(!entry.keys.is_empty(), "{}", entry.name);
        }
    }
}
