//! What a query asks for, read off its algebra before it runs: `SERVICE SILENT` would not fail at
//! run time but give an empty row.

use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// How deep brackets and signs may be nested: parser and evaluator recurse.
pub(super) const DEEPEST: usize = 200;

/// How deep brackets and runs of signs before a term are nested. Strings, IRIs and comments count too where they
/// hold brackets, which costs nobody anything.
pub(super) fn nesting(sparql: &str) -> usize {
    let (mut depth, mut run, mut deepest) = (0_usize, 0_usize, 0_usize);
    for c in sparql.chars() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            '!' | '-' | '+' | '^' => run += 1,
            c if c.is_whitespace() => {}
            _ => run = 0,
        }
        deepest = deepest.max(depth + run);
    }
    deepest
}

fn pattern_of(query: &Query) -> &GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

/// Whether the query would ask another server.
pub(super) fn uses_service(query: &Query) -> bool {
    in_pattern(pattern_of(query))
}

/// Whether the query fixes the order of its rows, or takes some of them only.
pub(super) fn is_ordered(query: &Query) -> bool {
    let mut p = pattern_of(query);
    loop {
        p = match p {
            GraphPattern::OrderBy { .. } | GraphPattern::Slice { .. } => return true,
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner } => inner,
            _ => return false,
        }
    }
}

fn in_pattern(p: &GraphPattern) -> bool {
    match p {
        GraphPattern::Service { .. } => true,
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => false,
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => in_pattern(left) || in_pattern(right),
        GraphPattern::LeftJoin { left, right, expression } => {
            in_pattern(left) || in_pattern(right) || expression.as_ref().is_some_and(in_expression)
        }
        GraphPattern::Filter { expr, inner } => in_expression(expr) || in_pattern(inner),
        GraphPattern::Extend { inner, expression, .. } => in_expression(expression) || in_pattern(inner),
        GraphPattern::OrderBy { inner, expression } => {
            in_pattern(inner)
                || expression.iter().any(|e| match e {
                    OrderExpression::Asc(e) | OrderExpression::Desc(e) => in_expression(e),
                })
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            in_pattern(inner)
                || aggregates.iter().any(|(_, a)| match a {
                    AggregateExpression::CountSolutions { .. } => false,
                    AggregateExpression::FunctionCall { expr, .. } => in_expression(expr),
                })
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => in_pattern(inner),
        #[allow(unreachable_patterns, reason = "other features of the parser add patterns")]
        _ => true,
    }
}

fn in_expression(e: &Expression) -> bool {
    match e {
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => false,
        Expression::Exists(p) => in_pattern(p),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => in_expression(a) || in_expression(b),
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => in_expression(a),
        Expression::If(a, b, c) => in_expression(a) || in_expression(b) || in_expression(c),
        Expression::In(a, list) => in_expression(a) || list.iter().any(in_expression),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().any(in_expression),
    }
}
