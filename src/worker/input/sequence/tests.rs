//! Keys are given whole, and what terminals answer is left out.

use proptest::prelude::*;

use super::*;

/// What bytes give that come in pieces, with a pause after each when it is wanted, and another at the end.
fn given<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, pause: bool) -> Vec<Piece> {
    let (mut framer, mut given) = (Framer::default(), Vec::new());
    for piece in pieces {
        framer.push(piece, &mut |piece| given.push(piece));
        if pause {
            framer.settle(&mut |piece| given.push(piece));
        }
    }
    framer.settle(&mut |piece| given.push(piece));
    given
}

fn keys(keys: &[&[u8]]) -> Vec<Piece> {
    keys.iter().map(|key| Piece::Key(key.to_vec())).collect()
}

/// What terminals answer, and what nobody has asked them for.
const REPLIES: &[&[u8]] = &[
    b"\x1b[?997;1n",
    b"\x1b[?2026;2$y",
    b"\x1b[?1;2c",
    b"\x1b[>41;354;0c",
    b"\x1b[=0;1u",
    b"\x1b[?1u",
    b"\x1b[0n",
    b"\x1b[12;40R",
    b"\x1b[?12;40R",
    b"\x1b[8;24;80t",
    b"\x1b[4;2$y",
    b"\x1b[1 q",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[<0;0;0M",
    b"\x1b[<35M",
    b"\x1b]4;1;rgb:ffff/0000/0000\x1b\\",
    b"\x1b]10;rgb:dcdc/dcdc/dcdc\x07",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b]52;c;cXVpdA==\x07",
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^private qQ\x1b\\",
    b"\x1bXstring qQ\x1b\\",
    b"\x9d11;rgb:0000/0000/0000\x9c",
    b"\x90>|kitty(0.1)\x9c",
    b"\x9b?1;2c",
    b"\xc2\x9d11;rgb:1/2/3\x07",
    b"\xc2\x9b?997;1n",
    b"\x1b\\",
    b"\x9c",
    b"\x1b]0;\xc3\xa9\x9c q\x07",
];

#[test]
fn replies_of_the_terminal_are_no_keys_wherever_they_are_cut() {
    for reply in REPLIES {
        for cut in 0..=reply.len() {
            let (first, second) = reply.split_at(cut);
            let name = String::from_utf8_lossy(reply).into_owned();
            assert_eq!(given([first, second, b"j"], false), keys(&[b"j"]), "{name:?} at {cut}");
        }
    }
    let all = REPLIES.concat();
    assert_eq!(given(all.chunks(1), false), []);
}

#[test]
fn keys_clicks_and_pastes_are_given_whole_wherever_they_are_cut() {
    for sequence in [
        &b"q"[..],
        b"\x03",
        "é".as_bytes(),
        "漢".as_bytes(),
        "😀".as_bytes(),
        b"\x1b[A",
        b"\x1b[1;5C",
        b"\x1b[3~",
        b"\x1b[27;5;13~",
        b"\x1b[97;5u",
        b"\x1b[Z",
        b"\x1b[[A",
        b"\x1bOP",
        b"\x1bx",
        b"\x1b\r",
        b"\x1b\x7f",
        "\x1bé".as_bytes(),
        b"\x1b[<0;12;30M",
        b"\x1b[<64;1;1m",
        b"\x1b[32;12;30M",
        b"\x1b[M !!",
    ] {
        for cut in 0..=sequence.len() {
            let (first, second) = sequence.split_at(cut);
            assert_eq!(given([first, second], false), keys(&[sequence]), "{sequence:?} at {cut}");
        }
    }
    let pasted = b"\x1b[200~q\nq \x1b[A \x1b[201 \x9d \xc3\xa9\x1b[201~x";
    for cut in 0..=pasted.len() {
        let (first, second) = pasted.split_at(cut);
        let text = "q\nq \x1b[A \x1b[201 \u{fffd} é".to_owned();
        assert_eq!(given([first, second], false), [Piece::Paste(text), Piece::Key(b"x".to_vec())]);
    }
}

#[test]
fn nothing_that_has_begun_keeps_a_key_back() {
    for (begun, own) in [
        (&b"\x1b["[..], &[][..]),
        (b"\x1b[?", &[]),
        (b"\x1b[?25;", &[]),
        (b"\x1b[<0;1", &[]),
        (b"\x1b[M!", &[]),
        (b"\x1b]11;rgb:", &[]),
        (b"\x1bP>|", &[]),
        (b"\x9d", &[]),
        (b"\x1b]11;\x1b", &[]),
        (b"\xf0\x9f", &[]),
        (b"\x1b", &[b"\x1b"]),
        (b"\x1b]", &[b"\x1b]"]),
        (b"\x1bO", &[b"\x1bO"]),
        (b"\x1b_", &[b"\x1b_"]),
    ] as [(&[u8], &[&[u8]]); 14]
    {
        let expected = |key: &'static [u8]| keys(&[own, &[key]].concat());
        for key in [&b"Q"[..], b"\x03"] {
            assert_eq!(given([begun, key], true), expected(key), "{begun:?}");
        }
        // Ctrl-c does not even wait.
        let at_once = given([begun, b"\x03"], false);
        assert_eq!(at_once.last(), Some(&Piece::Key(b"\x03".to_vec())), "{begun:?}");
    }
    assert_eq!(
        given([&b"\x1b[200~abc"[..], b"Q"], true),
        [Piece::Paste("abc".to_owned()), Piece::Key(b"Q".to_vec())]
    );
    let flood = [BEGIN_PASTE, &vec![b'x'; 3 * MOST_PASTED], END_PASTE, b"Q"].concat();
    let given = given([&flood[..]], false);
    assert!(matches!(&given[..], [Piece::Paste(text), Piece::Key(_)] if text.len() == MOST_PASTED));
}

proptest! {
    #[test]
    fn whatever_comes_a_key_behind_it_is_a_key(
        bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), Just(ESC), Just(b'['), Just(b';'), Just(b'?'), Just(b'0'), Just(b'M')], 0..40),
        cut in 0..40_usize,
    ) {
        let (first, second) = bytes.split_at(cut.min(bytes.len()));
        let (mut framer, mut given) = (Framer::default(), Vec::new());
        framer.push(first, &mut |piece| given.push(piece));
        framer.push(second, &mut |piece| given.push(piece));
        framer.settle(&mut |piece| given.push(piece));
        prop_assert_eq!(framer.patience(), None);
        framer.push(b"Q", &mut |piece| given.push(piece));
        prop_assert_eq!(given.pop(), Some(Piece::Key(b"Q".to_vec())));
    }
}
