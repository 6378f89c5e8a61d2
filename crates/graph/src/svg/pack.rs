//! Parts of the picture side by side.

use super::Xy;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A part with its size and the parts that edges join it to.
pub(super) struct Boxed {
    pub size: Xy,
    pub near: Vec<usize>,
}

/// Width to height that the picture should have: about that of a screen.
const ASPECT: f64 = 1.5;

/// The upper left corners of `boxes` and the size of the whole. The first box comes first; parts that
/// edges join follow each other; the last one, the legend, comes last. Of several widths the one is
/// taken whose picture is nearest to the shape of a screen.
pub(super) fn pack(boxes: &[Boxed], gap: f64) -> (Vec<Xy>, Xy) {
    let order = order(boxes);
    let widest = boxes.iter().map(|b| b.size.0).fold(0.0, f64::max);
    let area: f64 = boxes.iter().map(|b| (b.size.0 + gap) * (b.size.1 + gap)).sum();
    let tries = (0..12).map(|i| {
        let width = widest.max((area * ASPECT).sqrt() * (0.7 + 0.1 * f64::from(i)));
        skyline(boxes, &order, width, gap)
    });
    // As small as can be, as near to a screen as can be.
    let cost = |(_, (w, h)): &(Vec<Xy>, Xy)| (w / ASPECT).max(*h);
    tries.min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or_default()
}

/// Large parts first, each followed by those near to it.
fn order(boxes: &[Boxed]) -> Vec<usize> {
    let Some(last) = boxes.len().checked_sub(1) else { return Vec::new() };
    let mut by_size: Vec<usize> = (0..last).collect();
    by_size.sort_by_key(|&i| (Reverse((boxes[i].size.0 * boxes[i].size.1) as u64), i));
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for &i in &by_size {
        let mut todo = std::collections::VecDeque::from([i]);
        while let Some(j) = todo.pop_front() {
            if seen.insert(j) {
                out.push(j);
                todo.extend(by_size.iter().copied().filter(|k| boxes[j].near.contains(k) && !seen.contains(k)));
            }
        }
    }
    out.push(last);
    out
}

/// Each box as high up as it can be, then as far to the left, by the skyline of those before it.
fn skyline(boxes: &[Boxed], order: &[usize], width: f64, gap: f64) -> (Vec<Xy>, Xy) {
    let mut at = vec![(0.0, 0.0); boxes.len()];
    // Where the skyline steps: from here on to the right it is so deep.
    let mut steps: Vec<Xy> = vec![(0.0, 0.0)];
    let (mut right, mut bottom): Xy = (0.0, 0.0);
    for &i in order {
        let (w, h) = boxes[i].size;
        let depth = |x: f64| {
            let ends = steps.iter().skip(1).map(|s| s.0).chain([f64::INFINITY]);
            let under = steps.iter().zip(ends).filter(|(s, end)| s.0 < x + w + gap && *end > x);
            under.map(|(s, _)| s.1).fold(0.0, f64::max)
        };
        let fits = steps.iter().map(|s| s.0).filter(|x| *x == 0.0 || x + w <= width);
        let best = fits.map(|x| (depth(x), x)).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let (y, x) = best.unwrap_or_default();
        at[i] = (x, y);
        (right, bottom) = (right.max(x + w), bottom.max(y + h));
        let end = x + w + gap;
        let behind = steps.iter().rev().find(|s| s.0 <= end).map_or(0.0, |s| s.1);
        steps.retain(|s| s.0 < x || s.0 > end);
        steps.extend([(x, y + h + gap), (end, behind)]);
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    (at, (right, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_do_not_overlap_and_the_last_comes_last() {
        let sizes = [(300.0, 200.0), (80.0, 40.0), (90.0, 30.0), (400.0, 60.0), (50.0, 50.0), (120.0, 90.0)];
        let boxes: Vec<Boxed> = sizes.iter().map(|&size| Boxed { size, near: vec![] }).collect();
        let (at, (w, h)) = pack(&boxes, 10.0);
        for i in 0..sizes.len() {
            assert!(at[i].0 + sizes[i].0 <= w + 0.01 && at[i].1 + sizes[i].1 <= h + 0.01);
            for j in 0..i {
                let apart = at[i].0 >= at[j].0 + sizes[j].0
                    || at[j].0 >= at[i].0 + sizes[i].0
                    || at[i].1 >= at[j].1 + sizes[j].1
                    || at[j].1 >= at[i].1 + sizes[i].1;
                assert!(apart, "{i} and {j}: {at:?}");
            }
        }
        assert_eq!(pack(&[], 10.0), (vec![], (0.0, 0.0)));
    }
}
