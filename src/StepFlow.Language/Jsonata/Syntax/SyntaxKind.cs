namespace StepFlow.Language.Jsonata.Syntax;

internal enum SyntaxKind
{
    End,
    Operator,
    Name,
    Variable,
    String,
    Number,
    Value,
    Regex,
    Wildcard,
    Descendant,
    Parent,
    Unary,
    Array,
    Object,
    Binary,
    Condition,
    Elvis,
    Coalesce,
    Block,
    Function,
    Partial,
    Lambda,
    Transform,

    // What only the second pass makes.
    Path,
    Bind,
    Apply,
    Sort,
}
