//! Pressing anything: nothing panics.

use super::monkey::press;

#[test]
fn whatever_is_pressed_nothing_panics() {
    let outcome = press(&[], 7, |events| if events < 3000 { 0.0 } else { 1.0 });
    assert!(outcome.events >= 3000, "{outcome}");
    // A tenth of a second of this, which is not optimised, is a few milliseconds of what people have.
    assert!(outcome.worked.quantile(990) <= 100, "{outcome}");
}
