//! Lanes: exp, ln and every operation give each lane the bits of the scalar.

use chokepoint_core::chance::Entity;
use chokepoint_core::lanes::{Eight, Lane, Lanes, exp, ln};

/// A spread of arguments without platform maths.
fn arguments() -> impl Iterator<Item = f64> {
    (0..20_000_u32).map(|k| (f64::from(k) - 10_000.0) * 0.069_831_73)
}

#[test]
fn exp_is_within_two_units_in_the_last_place_of_the_platforms() {
    #[allow(clippy::disallowed_methods)]
    for x in arguments() {
        let (ours, theirs) = (exp(x), x.exp());
        assert!((ours / theirs - 1.0).abs() < 5e-16, "exp({x}) = {ours}, platform {theirs}");
    }
}

#[test]
fn ln_is_within_two_units_in_the_last_place_of_the_platforms() {
    #[allow(clippy::disallowed_methods)]
    for x in arguments().filter(|x| x.abs() < 690.0) {
        let x = x.exp();
        let (ours, theirs) = (ln(x), x.ln());
        assert!(
            (ours - theirs).abs() <= 5e-16 * theirs.abs().max(1.0),
            "ln({x}) = {ours}, platform {theirs}"
        );
    }
}

/// One digest under every instruction set: the gate runs this test built for x86-64, v3 and v4.
#[test]
fn exp_and_ln_have_the_same_bits_under_every_instruction_set() {
    let mut bytes = String::new();
    for x in arguments() {
        bytes.push_str(&format!("{:x},{:x};", exp(x).to_bits(), ln(x.abs() + 1e-9).to_bits()));
    }
    assert_eq!(Entity::named(&bytes).0, DIGEST, "{:#x}", Entity::named(&bytes).0);
}
const DIGEST: u64 = 0x22fc_8f0a_de15_2d0a;

#[test]
fn each_lane_has_the_bits_of_the_scalar() {
    fn check<L: Lane>() {
        // and zeros of two signs, of which either may be the smaller
        let zeros = [0.0, -0.0, -0.0, 0.0].into_iter().cycle().take(3 * L::WIDTH + 8);
        let values: Vec<f64> = zeros.chain(arguments().map(|x| x * 1.37 + 0.1)).collect();
        for chunk in values.chunks_exact(2 * L::WIDTH) {
            let a = L::from_fn(|k| chunk[k]);
            let b = L::from_fn(|k| chunk[L::WIDTH + k]);
            let all = [
                a + b,
                a - b,
                a * b,
                a / b,
                -a,
                a * 1.7,
                a.min(b),
                a.max(b),
                a.clip(-1.0, 1.0),
                a.exp(),
                (a * a).ln(),
                (a * a).sqrt(),
                a.beyond(b),
                a.towards(b, L::splat(0.3)),
                L::where_less(a, b, a * 2.0, b),
            ];
            for k in 0..L::WIDTH {
                let (x, y) = (chunk[k], chunk[L::WIDTH + k]);
                let single = [
                    x + y,
                    x - y,
                    x * y,
                    x / y,
                    -x,
                    x * 1.7,
                    Lane::min(x, y),
                    Lane::max(x, y),
                    x.clip(-1.0, 1.0),
                    exp(x),
                    ln(x * x),
                    Lane::sqrt(x * x),
                    x.beyond(y),
                    x.towards(y, 0.3),
                    f64::where_less(x, y, x * 2.0, y),
                ];
                for (operation, (lanes, scalar)) in all.iter().zip(single).enumerate() {
                    assert_eq!(
                        lanes.lane(k).to_bits(),
                        scalar.to_bits(),
                        "operation {operation} of {x}, {y}"
                    );
                }
            }
        }
    }
    check::<Lanes<1>>();
    check::<Eight>();
    check::<Lanes<2>>();
    check::<Lanes<4>>();
}

#[test]
fn nothing_is_inside_a_dead_band_and_the_rest_is_shifted() {
    assert_eq!(0.05.beyond(0.1), 0.0);
    assert_eq!((-0.05).beyond(0.1), 0.0);
    assert!((0.3.beyond(0.1) - 0.2_f64).abs() < 1e-15);
    assert!(((-0.3).beyond(0.1) + 0.2_f64).abs() < 1e-15);
}
