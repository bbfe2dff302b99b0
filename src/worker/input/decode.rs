//! What a key or a click means that came as bytes.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use terminput_crossterm::to_crossterm;

use super::sequence::Piece;

/// The event of what a person did; `None` if it means nothing.
pub fn decode(piece: Piece) -> Option<Event> {
    let bytes = match piece {
        Piece::Paste(text) => return Some(Event::Paste(text)),
        Piece::Key(bytes) => bytes,
    };
    match bytes[..] {
        // Two of these begin sequences as well, which the library waits for.
        [0x1b, letter @ 0x20..0x7f] => {
            let letter = char::from(letter);
            let shift =
                if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            Some(Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::ALT | shift)))
        }
        _ => to_crossterm(terminput::Event::parse_from(&bytes).ok()??).ok(),
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
    use proptest::prelude::*;

    use super::super::sequence::Framer;
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn keys_and_clicks_are_what_people_mean() {
        use KeyCode::{
            BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Left, PageUp, Tab, Up,
        };
        let none = KeyModifiers::NONE;
        let (alt, control, shift) = (KeyModifiers::ALT, KeyModifiers::CONTROL, KeyModifiers::SHIFT);
        for (bytes, expected) in [
            ("q", key(Char('q'), none)),
            ("Q", key(Char('Q'), shift)),
            (" ", key(Char(' '), none)),
            ("é", key(Char('é'), none)),
            ("\x03", key(Char('c'), control)),
            ("\r", key(Enter, none)),
            ("\n", key(Char('j'), control)),
            ("\t", key(Tab, none)),
            ("\x7f", key(Backspace, none)),
            ("\x1b", key(Esc, none)),
            ("\x1bx", key(Char('x'), alt)),
            ("\x1bX", key(Char('X'), alt | shift)),
            ("\x1b]", key(Char(']'), alt)),
            ("\x1b\r", key(Enter, alt)),
            ("\x1b[A", key(Up, none)),
            ("\x1b[1;2B", key(Down, shift)),
            ("\x1b[1;5D", key(Left, control)),
            ("\x1b[H", key(Home, none)),
            ("\x1b[4~", key(End, none)),
            ("\x1b[3~", key(Delete, none)),
            ("\x1b[5~", key(PageUp, none)),
            ("\x1b[Z", key(BackTab, shift)),
            ("\x1bOP", key(F(1), none)),
            ("\x1b[15~", key(F(5), none)),
            ("\x1b[[B", key(F(2), none)),
            ("\x1b[97;5u", key(Char('a'), control)),
        ] {
            assert_eq!(decode(Piece::Key(bytes.into())), Some(expected), "{bytes:?}");
        }
        let click = MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 11,
            row: 29,
            modifiers: none,
        };
        assert_eq!(decode(Piece::Key(b"\x1b[<0;12;30M".to_vec())), Some(Event::Mouse(click)));
        let scroll = MouseEvent { kind: MouseEventKind::ScrollDown, column: 0, row: 0, ..click };
        assert_eq!(decode(Piece::Key(b"\x1b[<65;1;1M".to_vec())), Some(Event::Mouse(scroll)));
        assert_eq!(decode(Piece::Paste("q".to_owned())), Some(Event::Paste("q".to_owned())));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), Just(0x1b), Just(b'['), Just(b'<'), Just(b';'), Just(b'0'), Just(b'9'), Just(b'M'), Just(b'~'), Just(b'u')],
            0..60,
        )) {
            let mut framer = Framer::default();
            framer.push(&bytes, &mut |piece| _ = decode(piece));
            framer.settle(&mut |piece| _ = decode(piece));
        }
    }
}
