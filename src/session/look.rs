//! How the browser looks beyond what its configuration says. Where that is kept is not known here.

/// What somebody chose; `None` stands for what is usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The name of the theme.
    pub theme: Option<String>,
    pub panes: PaneSizes,
}

/// How much of the width panes have, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaneSizes {
    /// The filters, where filters, list and trial stand side by side.
    pub filters: Option<u16>,
    /// The list, beside the trial or the filters.
    pub list: Option<u16>,
}
