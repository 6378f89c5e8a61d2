//! The assignment problem: which row goes with which column so that the total gain is greatest
//! (Kuhn 1955; the form with potentials and shortest augmenting paths, Jonker and Volgenant 1987).

/// The greatest total gain of a matching of rows to columns, each used once at most. No gain is
/// negative, all rows are of one length.
pub(crate) fn greatest_gain(gain: &[Vec<f64>]) -> f64 {
    let columns = gain.first().map_or(0, Vec::len);
    if gain.len() > columns {
        return solve(columns, gain.len(), &|row, column| gain[column][row]);
    }
    solve(gain.len(), columns, &|row, column| gain[row][column])
}

/// The same with no more rows than columns. Row and column 0 stand for none, as is usual.
fn solve(rows: usize, columns: usize, gain: &dyn Fn(usize, usize) -> f64) -> f64 {
    let (mut row_price, mut column_price) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut row_of = vec![0usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut column = 0;
        let mut slack = vec![f64::INFINITY; columns + 1];
        let mut came_from = vec![0usize; columns + 1];
        let mut used = vec![false; columns + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let at = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for c in (1..=columns).filter(|&c| !used[c]) {
                let cost = -gain(at - 1, c - 1) - row_price[at] - column_price[c];
                if cost < slack[c] {
                    (slack[c], came_from[c]) = (cost, column);
                }
                if slack[c] < step {
                    (step, next) = (slack[c], c);
                }
            }
            for c in 0..=columns {
                if used[c] {
                    row_price[row_of[c]] += step;
                    column_price[c] -= step;
                } else {
                    slack[c] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    (1..=columns).filter(|&c| row_of[c] != 0).map(|c| gain(row_of[c] - 1, c - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_whole_may_forgo_the_best_pair() {
        assert_eq!(greatest_gain(&[vec![10.0, 9.0], vec![9.0, 1.0]]), 18.0);
    }

    #[test]
    fn there_may_be_more_rows_than_columns_or_fewer() {
        assert_eq!(greatest_gain(&[vec![1.0], vec![3.0], vec![2.0]]), 3.0);
        assert_eq!(greatest_gain(&[vec![1.0, 3.0, 2.0]]), 3.0);
        assert_eq!(greatest_gain(&[]), 0.0);
    }

    #[test]
    fn it_agrees_with_trying_every_order() {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((state >> 33) % 20) as f64
        };
        for _ in 0..50 {
            let gain: Vec<Vec<f64>> = (0..4).map(|_| (0..4).map(|_| next()).collect()).collect();
            assert_eq!(greatest_gain(&gain), tried(&gain, 0, &mut [false; 4]));
        }
    }

    fn tried(gain: &[Vec<f64>], row: usize, used: &mut [bool; 4]) -> f64 {
        if row == gain.len() {
            return 0.0;
        }
        let mut best = f64::MIN;
        for c in 0..4 {
            if !used[c] {
                used[c] = true;
                best = best.max(gain[row][c] + tried(gain, row + 1, used));
                used[c] = false;
            }
        }
        best
    }
}
