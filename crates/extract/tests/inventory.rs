//! The relation inventory is complete and its errors say where they are.

use temoin_extract::relations::Relations;

#[test]
fn the_inventory_holds_the_relations_with_their_examples() {
    let r = Relations::builtin();
    assert_eq!(r.iter().count(), 101);
    let with_examples = r.iter().filter(|r| !r.examples.is_empty()).count();
    assert!(with_examples >= 45, "{with_examples}");
    let deployed = r.get("deployedTo").unwrap();
    assert_eq!(deployed.plover.as_deref(), Some("MOBILIZE/troops"));
    assert_eq!(deployed.label_fr, "a été déployé à");
}

#[test]
fn a_user_file_adds_relations_and_frames() {
    let mut r = Relations::builtin();
    r.extend(
        "[killed]\n[[killed.frames.fr]]\nverb = [\"zigouiller\"]\n\n\
         [twinnedWith]\nkind = \"state\"\nlabel = { fr = \"est jumelée avec\", en = \"is twinned with\" }\n\
         [[twinnedWith.frames.fr]]\nverb = [\"jumeler\"]\nobject = [\"avec\", \"à\"]\n",
    )
    .unwrap();
    assert_eq!(r.iter().count(), 102);
    assert_eq!(r.get("killed").unwrap().label_en, "killed");
}

#[test]
fn errors_name_line_relation_and_field() {
    let fails = |text: &str| Relations::from_toml(text).unwrap_err();
    let e = fails(
        "[a]\nkind = \"state\"\nlabel = { fr = \"a\", en = \"a\" }\n[[a.frames.fr]]\nverb = [\"x\"]\nsubject = [\"subjct\"]\n",
    );
    assert_eq!((e.line, e.relation.as_str(), e.field.as_str()), (4, "a", "subject"));
    assert!(e.to_string().contains("subjct"), "{e}");
    let e = fails("[a]\nkind = \"state\"\n");
    assert_eq!((e.line, e.field.as_str()), (1, "label"));
    let e = fails(
        "[a]\nkind = \"state\"\nlabel = { fr = \"a\", en = \"a\" }\ndomain = [\"Agent\"]\nrange = [\"Nobody\"]\n",
    );
    assert_eq!((e.line, e.relation.as_str(), e.field.as_str()), (5, "a", "range"));
    let e = fails("[a]\nkind = \"state\"\nlable = 3\n");
    assert_eq!((e.line, e.relation.as_str(), e.field.as_str()), (3, "a", "lable"));
    assert!(!e.to_string().contains("[NAME]"), "{e}");
}

#[test]
fn wrong_tables_are_told_which_ones_there_are() {
    for (text, line, field) in [
        ("# mine\n[[relation]]\nname = \"x\"\n", 2, "relation"),
        ("[a]\nkind = \"event\"\nlabel = { fr = \"a\", en = \"a\" }\n[[b]]\nkind = \"event\"\n", 4, "b"),
        ("name = \"x\"\n", 1, "name"),
        ("[a]\n[[a.frame.fr]]\nverb = [\"x\"]\n", 2, "frame.fr"),
        ("[a]\n[[a.frames.de]]\nverb = [\"x\"]\n", 2, "de"),
        ("[a]\n[a.frames.fr]\nverb = [\"x\"]\n", 2, "a.frames.fr"),
    ] {
        let e = Relations::from_toml(text).unwrap_err();
        assert_eq!((e.line, e.field.as_str()), (line, field), "{text}: {e}");
        assert!(e.to_string().contains("[NAME]") && e.to_string().contains("[[NAME.frames.fr]]"), "{e}");
    }
}
