namespace StepFlow.Language.JsonPath;

/// <summary>The comparisons a filter knows, as Jayway writes them.</summary>
internal enum FilterOperator
{
    /// <summary><c>==</c>: texts and numbers compare across.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    NotEqual,

    /// <summary><c>===</c>: of the same kind too.</summary>
    StrictlyEqual,

    /// <summary><c>!==</c>.</summary>
    StrictlyNotEqual,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>in</c>: the right list has the left value.</summary>
    In,

    /// <summary><c>nin</c>.</summary>
    NotIn,

    /// <summary><c>contains</c>: the left list has the right value, or the left text the right one.</summary>
    Contains,

    /// <summary><c>subsetof</c>: the right list has all of the left one.</summary>
    SubsetOf,

    /// <summary><c>all</c>: the left list has all of the right one.</summary>
    All,

    /// <summary><c>anyof</c>: the lists share a value.</summary>
    AnyOf,

    /// <summary><c>noneof</c>: the lists share none.</summary>
    NoneOf,

    /// <summary><c>size</c>: how long the left list or text is.</summary>
    Size,

    /// <summary><c>empty</c>: whether the left list or text is empty.</summary>
    Empty,
}
