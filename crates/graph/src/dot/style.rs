//! Shapes, colours and lines, and the words of the legend.

use temoin_model::{EntityType, Lang, Status};

/// Settings of the whole picture. Left to right reads as sentences do; the fonts are those that
/// carry accents on every system.
pub(crate) const GRAPH: &str = "  graph [rankdir=LR, bgcolor=white, fontname=\"DejaVu Sans,Helvetica,Arial\", fontsize=11, nodesep=0.28, ranksep=0.75, splines=true, overlap=false, pad=0.3, newrank=true];
  node [fontname=\"DejaVu Sans,Helvetica,Arial\", fontsize=11, margin=\"0.14,0.07\", fontcolor=\"#1a1a1a\"];
  edge [fontname=\"DejaVu Sans,Helvetica,Arial\", fontsize=9, arrowsize=0.7];
";

/// How an entity is drawn.
pub(crate) struct Look {
    pub shape: &'static str,
    pub style: &'static str,
    pub fill: &'static str,
    pub line: &'static str,
    /// Width of its label in code points.
    pub width: usize,
}

pub(crate) fn look(kind: EntityType) -> Look {
    let (shape, style, fill, line, width) = match kind {
        EntityType::Person => ("ellipse", "filled", "#fde9c4", "#b7791f", 18),
        EntityType::Organization => ("box", "filled", "#d6e6fb", "#2b6cb0", 22),
        EntityType::Place => ("box", "filled,rounded", "#d9f2dd", "#2f855a", 20),
        EntityType::Country => ("octagon", "filled", "#c3ead0", "#22543d", 18),
        EntityType::Group => ("box", "filled,dashed", "#eadcf7", "#6b46c1", 22),
        EntityType::Event => ("hexagon", "filled", "#fbd5d5", "#c53030", 20),
        EntityType::Product => ("component", "filled", "#e2e8f0", "#4a5568", 20),
        EntityType::Work => ("note", "filled", "#fefcbf", "#975a16", 22),
        EntityType::Thing => ("box", "filled", "#f2f2f2", "#9a9a9a", 22),
    };
    Look { shape, style, fill, line, width }
}

/// How an edge is drawn.
pub(crate) struct Line {
    pub name: &'static str,
    pub style: &'static str,
    pub color: &'static str,
    pub struck: bool,
    /// What the legend shows.
    pub sample: &'static str,
}

pub(crate) const LINES: [Line; 4] = [
    Line { name: "asserted", style: "solid", color: "#2d3748", struck: false, sample: "────▶" },
    Line { name: "reported", style: "dashed", color: "#2b6cb0", struck: false, sample: "╌ ╌ ╌▶" },
    Line { name: "hedged", style: "dotted", color: "#975a16", struck: false, sample: "· · · ·▶" },
    Line { name: "denied", style: "solid", color: "#c53030", struck: true, sample: "✗ ──▶" },
];

pub(crate) fn line(status: Status) -> &'static Line {
    &LINES[match status {
        Status::Asserted => 0,
        Status::Reported => 1,
        Status::Hedged | Status::Planned | Status::Hypothetical => 2,
        Status::Denied => 3,
    }]
}

/// Thickness of an edge that so many documents support.
pub(crate) fn width(documents: usize) -> &'static str {
    match documents {
        0 | 1 => "1.2",
        2 => "1.8",
        3..=5 => "2.4",
        _ => "3.2",
    }
}

/// Fill and line of a cluster; colours return after eight.
pub(crate) fn cluster(i: usize) -> (&'static str, &'static str) {
    const COLOURS: [(&str, &str); 8] = [
        ("#f3f7fd", "#5b7fb0"),
        ("#fdf6ec", "#b08a4f"),
        ("#f1f9f3", "#5a9a6d"),
        ("#faf3fb", "#9a6ba3"),
        ("#fdf2f2", "#b36b6b"),
        ("#f0f9fa", "#4f959c"),
        ("#f9f9ec", "#8f8f4a"),
        ("#f5f5f7", "#7a7a88"),
    ];
    COLOURS[i % COLOURS.len()]
}

/// Words of the picture in one language.
pub(crate) struct Names {
    pub legend: &'static str,
    pub times: &'static str,
    pub left_out: &'static str,
    /// Entities, relations and claims, one and more.
    pub counted: [(&'static str, &'static str); 3],
    /// Title of a cluster.
    pub around: &'static str,
    /// What clusters are.
    pub frames: &'static str,
    pub nothing: &'static str,
    pub unnamed: &'static str,
    kinds: [&'static str; 9],
    lines: [&'static str; 4],
    statuses: [&'static str; 6],
}

const FR: Names = Names {
    legend: "Légende",
    times: "affirmé 2 fois",
    left_out: "Résumé : ne sont pas montrées, moins centrales,",
    counted: [("entité", "entités"), ("relation", "relations"), ("affirmation", "affirmations")],
    around: "autour de : {}",
    frames: "cadre : entités plus liées entre elles qu'aux autres",
    nothing: "aucune relation à montrer",
    unnamed: "une source non nommée",
    kinds: ["Personne", "Organisation", "Lieu", "Pays", "Groupe", "Événement", "Produit", "Œuvre", "Chose"],
    lines: ["affirmé par l'article", "rapporté : quelqu'un le dit", "incertain, prévu ou conditionnel", "nié"],
    statuses: ["affirmé", "rapporté", "avec prudence", "prévu", "hypothétique", "nié"],
};

const EN: Names = Names {
    legend: "Legend",
    times: "said twice",
    left_out: "Summary: not shown, because less central:",
    counted: [("entity", "entities"), ("relation", "relations"), ("claim", "claims")],
    around: "around {}",
    frames: "frame: entities more tied to each other than to others",
    nothing: "no relation to show",
    unnamed: "an unnamed source",
    kinds: ["Person", "Organization", "Place", "Country", "Group", "Event", "Product", "Work", "Thing"],
    lines: ["asserted by the article", "reported: someone says so", "hedged, planned or conditional", "denied"],
    statuses: ["asserted", "reported", "hedged", "planned", "hypothetical", "denied"],
};

pub(crate) fn names(lang: Lang) -> &'static Names {
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Names {
    pub(crate) fn kind(&self, kind: EntityType) -> &'static str {
        EntityType::ALL.iter().position(|k| *k == kind).map_or("", |i| self.kinds[i])
    }

    pub(crate) fn line(&self, name: &str) -> &'static str {
        LINES.iter().position(|l| l.name == name).map_or("", |i| self.lines[i])
    }

    pub(crate) fn status(&self, status: Status) -> &'static str {
        self.statuses[match status {
            Status::Asserted => 0,
            Status::Reported => 1,
            Status::Hedged => 2,
            Status::Planned => 3,
            Status::Hypothetical => 4,
            Status::Denied => 5,
        }]
    }
}

/// What the legend calls the shape of a type, for those who do not tell the colours apart.
pub(crate) fn shape_name(kind: EntityType, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        EntityType::Person => ("ovale", "oval"),
        EntityType::Organization | EntityType::Thing => ("rectangle", "rectangle"),
        EntityType::Place => ("arrondi", "rounded"),
        EntityType::Country => ("octogone", "octagon"),
        EntityType::Group => ("bord tireté", "dashed border"),
        EntityType::Event => ("hexagone", "hexagon"),
        EntityType::Product => ("composant", "component"),
        EntityType::Work => ("feuillet", "note"),
    };
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}
