//! Everything that a key can do, in one table. The keymap, the help, the palette and the README's table of keys are
//! made from it. People read the actions in the order in which they stand here.

/// Where a key has its meaning. A key may mean one thing everywhere and another in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Everywhere,
    /// The search line.
    Line,
    List,
    Filters,
    Detail,
    Comparison,
    /// What covers the panes: tables, maps.
    Page,
    /// The map itself, within such a page.
    Map,
}

impl Scope {
    /// Where a key that means nothing here is looked up next.
    pub fn outer(self) -> Option<Self> {
        match self {
            Self::Everywhere => None,
            Self::Map => Some(Self::Page),
            Self::Line
            | Self::List
            | Self::Filters
            | Self::Detail
            | Self::Comparison
            | Self::Page => Some(Self::Everywhere),
        }
    }
}

/// What the table says of one action.
#[derive(Debug)]
pub struct Description {
    pub action: Action,
    pub group: &'static str,
    pub scope: Scope,
    /// What the configuration file calls it.
    pub name: &'static str,
    /// The keys it has when the user binds none.
    pub keys: &'static [&'static str],
    /// In the help and the palette.
    pub help: &'static str,
}

/// Declares [`Action`] and [`ACTIONS`] from one line per action.
macro_rules! actions {
    ($($group:literal $scope:ident { $($action:ident $name:literal [$($key:literal)*] $help:literal)* })*) => {
        /// A thing the user can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($($action,)*)* }

        /// Every action, in the order of [`Action`] and of the help screen.
        pub const ACTIONS: &[Description] = &[$($(Description {
            action: Action::$action,
            group: $group,
            scope: Scope::$scope,
            name: $name,
            keys: &[$($key),*],
            help: $help,
        },)*)*];
    };
}

actions! {
    "Move" Everywhere {
        Down "down" ["j" "down" "ctrl-n"] "Move down"
        Up "up" ["k" "up" "ctrl-p"] "Move up"
        HalfDown "half-page-down" ["ctrl-d"] "Half a page down"
        HalfUp "half-page-up" ["ctrl-u"] "Half a page up"
        PageDown "page-down" ["pagedown" "ctrl-f"] "One page down"
        PageUp "page-up" ["pageup" "ctrl-b"] "One page up"
        Top "top" ["g" "home"] "To the top"
        Bottom "bottom" ["G" "end"] "To the bottom"
        NextPane "next-pane" ["tab"] "To the next pane"
        PreviousPane "previous-pane" ["shift-tab"] "To the previous pane"
        FiltersPane "filters-pane" ["1"] "To the filters"
        ListPane "list-pane" ["2"] "To the list"
        DetailPane "detail-pane" ["3"] "To the trial"
        ComparisonPane "comparison-pane" ["4"] "To the comparison"
        Zoom "zoom" ["z"] "Give this pane the whole screen, or take it back"
        WiderPane "wider-pane" [">"] "Make this pane wider"
        NarrowerPane "narrower-pane" ["<"] "Make it narrower"
        UsualPanes "usual-panes" ["_"] "Make all panes as wide as they are usually"
    }
    "Find" Everywhere {
        Search "search" ["/"] "Type a query; in a trial or a comparison: find; in the filters: narrow"
        Filters "filters" ["f"] "Show or leave the filters"
        ClearFilters "clear-filters" ["X"] "Take every filter back"
        Undo "undo" ["u"] "Undo the last change of the query, or the last mark"
        Redo "redo" ["ctrl-r"] "Redo it"
        Saved "saved-searches" ["F"] "Ask a saved search, or save this one under a name"
        History "history" ["H"] "Find a query that was asked before, in this run or another"
        Record "record" ["w"] "Write the search down in a file, as a review reports it: Markdown, or JSON by its name"
        Exact "exact" ["E" "ctrl-x"] "Read the words of the query to the letter, or as they are meant"
        Why "why" ["W"] "Why the trial is found: which words matched what, and how"
        Person "person" ["P"] "Say how old somebody is and the like, to list the trials that would take them first"
        Dashboard "dashboard" ["D"] "Count what was found: by status, phase, years, enrollment, sponsors and more"
        Sort "sort" ["s"] "Choose the order of the list"
        Reverse "reverse" ["S"] "Reverse the order of the list"
        Group "group" ["&"] "Group the list by a field, with the number of trials of each group, or no longer"
        Columns "columns" ["C"] "Choose the columns of the list, their order and widths"
    }
    "Trial" Everywhere {
        Read "read" ["enter" "l" "right"] "Read the selected trial; in the filters: choose the value"
        Back "back" ["esc" "h" "left"] "Back, or close what is on top"
        NextStudy "next-trial" ["J"] "The next trial, without leaving this one's place"
        PreviousStudy "previous-trial" ["K"] "The previous trial"
        Pin "pin" ["space"] "Pin the trial for comparison; in the filters: choose the value"
        Unpin "unpin-all" ["U"] "Take every pin off"
        Compare "compare" ["c"] "Compare the pinned trials side by side: three and more in columns"
        Related "related" ["r"] "List the trials that share most with this one, and what they share"
        Copy "copy" ["y"] "Copy the id, the address, the title, a citation, the criteria or the whole text"
        Export "save" ["e"] "Save the trial, what was found, or the comparison to a file"
        Map "map" ["m"] "Show where the trial takes place: a map and a table of its sites"
        Timeline "timeline" ["T"] "Show the dates of the trial on a line of time"
        Tables "results-tables" ["t"] "Show the tables of posted results whole"
        Raw "json" ["v"] "Show the record as JSON"
        Links "links" ["L"] "Choose from what the trial points to: trials, publications, pages"
        Versions "versions" ["V"] "List the versions of the trial's record that were read, and compare them"
        OpenPage "open-page" ["o"] "Open the trial's page at the registry in the web browser"
    }
    "In the list" List {
        NextGroup "next-group" ["}"] "To the next group"
        PreviousGroup "previous-group" ["{"] "To the heading of the group, and to the group before"
        FoldGroup "fold-group" ["-"] "Fold the group"
        UnfoldGroup "unfold-group" ["+"] "Unfold it"
        FoldAllGroups "fold-all-groups" ["="] "Fold every group; where one is folded, unfold all"
    }
    "In the search line" Line {
        Complete "complete" ["tab"] "Complete what was begun: a field, one of its values, a word"
        Readings "readings" ["shift-tab"] "How the words were read: take back what was added, corrected or read as a code"
        FindQuery "find-query" ["ctrl-r"] "Find a query that was asked before"
        EarlierQuery "earlier-query" ["up"] "The query that was asked before this one"
        LaterQuery "later-query" ["down"] "The query that was asked after this one"
    }
    "Mark" Everywhere {
        Include "include" ["i"] "Include the trial, or those that are ticked; once more takes it back"
        LeaveOut "exclude-trial" ["x"] "Exclude it, and say why; in the filters: exclude the value"
        Maybe "maybe" ["p"] "Decide later: perhaps"
        Tag "tag" ["a"] "Put a tag on or take it off"
        Note "note" ["A"] "Write a note"
        NotePassage "note-passage" ["\""] "Choose words of the trial, then write a note on them"
        Tick "tick" ["b"] "Tick the trial, so that marks are for all that are ticked"
        Ticks "ticks" ["B"] "Tick all that was found, none, or the others"
        Collection "collection" ["@"] "Choose the collection in which marks are kept, or begin one"
        Join "join" ["Y"] "Join the marks in the file of somebody else"
        Settle "settle" ["%"] "Settle what people disagree on, one trial after the other"
        Screen "screen" ["Z"] "Screen what was found: one trial after the other, until Z again"
    }
    "In the filters" Filters {
        Exclude "exclude" ["x" "-"] "Exclude the value, or take that back"
        NextFilter "next-filter" ["}"] "To the next filter"
        PreviousFilter "previous-filter" ["{"] "To the heading of the filter, and to the filter before"
        FoldFilter "fold-filter" ["+"] "Unfold the place or the term at the cursor, else the filter; or fold it"
        FoldFilters "fold-filters" ["="] "Fold every filter; where all are folded, as they were at the beginning"
    }
    "In a trial" Detail {
        NextSection "next-section" ["}"] "To the next section"
        PreviousSection "previous-section" ["{"] "To the previous section"
        Outline "outline" ["O"] "Choose a section"
        Fold "fold" ["-"] "Fold the section"
        Unfold "unfold" ["+"] "Unfold it"
        FoldAll "fold-all" ["="] "Unfold every section; where none is folded, fold every one"
        Everything "everything" ["R"] "Show or hide what has no place of its own, under its path"
        NextMatch "next-match" ["n"] "To the next place found"
        PreviousMatch "previous-match" ["N"] "To the previous place found"
    }
    "In a comparison" Comparison {
        DifferencesOnly "differences-only" ["d"] "Show only what differs, or everything"
        NextDifference "next-difference" ["]"] "To the next difference"
        PreviousDifference "previous-difference" ["["] "To the previous difference"
        NextFound "next-found" ["n"] "To the next place found, else to the next difference"
        PreviousFound "previous-found" ["N"] "To the previous place found or difference"
        Swap "swap" ["s"] "Change sides"
        Matrix "matrix" ["w"] "The key facts of all pinned trials in a table; two of them side by side"
        Overlap "overlap" ["O"] "What the pinned trials share"
        FoldPart "fold-part" ["-"] "Fold the section"
        UnfoldPart "unfold-part" ["+"] "Unfold the section"
        FoldAllParts "fold-all-parts" ["="] "Fold every section, or unfold all"
    }
    "In a table or on a map" Page {
        Left "left" ["left" "<"] "To the column on the left"
        Right "right" ["right" ">"] "To the column on the right"
        Nearer "nearer" ["+" "="] "See less of the map, and that larger"
        Further "further" ["-"] "See more of the map"
        FitSites "fit-sites" ["f"] "See all sites on the map; in the table, Enter shows those of one country"
        WholeWorld "whole-world" ["w"] "See the whole world"
    }
    "On a line of time" Page {
        RecordDates "record-dates" ["R"] "Show or hide the dates of the record: submitted, posted, updated, verified"
    }
    "On a map" Map {
        West "west" ["h" "left"] "To the west"
        East "east" ["l" "right"] "To the east"
    }
    "Program" Everywhere {
        Help "help" ["?" "f1"] "Show the keys"
        Palette "palette" [":"] "Choose a command by its name"
        Problems "problems" ["!"] "List the records that were skipped, and why"
        Open "open" ["ctrl-o"] "Open another file, folder or archive, or read one more"
        Reload "reload" ["f5"] "Read the dataset once more"
        Theme "theme" ["ctrl-t"] "Choose the colours"
        Mouse "mouse" ["M"] "Turn the mouse off, so that the terminal selects text, or on"
        Cancel "cancel" ["ctrl-g"] "Cancel what is being done in the background, such as writing a file"
        Suspend "suspend" ["ctrl-z"] "Go to the shell; fg comes back"
        Quit "quit" ["q"] "Up one level; from the list: quit"
        QuitNow "quit-now" ["Q" "ctrl-c"] "Quit at once"
    }
}

impl Action {
    /// What the table says of this action.
    pub fn description(self) -> &'static Description {
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
