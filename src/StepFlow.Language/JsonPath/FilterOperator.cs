namespace StepFlow.Language.JsonPath;

/// <summary>The comparisons of filters, as in Jayway.</summary>
internal enum FilterOperator
{
    /// <summary><c>==</c>: texts and numbers compare across.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    NotEqual,

    /// <summary><c>===</c>: equal, and of the same type.</summary>
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

    /// <summary><c>in</c>: the list on the right contains the left value.</summary>
    In,

    /// <summary><c>nin</c>.</summary>
    NotIn,

    /// <summary><c>contains</c>: the list or text on the left contains the right value.</summary>
    Contains,

    /// <summary><c>subsetof</c>: the list on the right contains all values of the left one.</summary>
    SubsetOf,

    /// <summary><c>all</c>: the list on the left contains all values of the right one.</summary>
    All,

    /// <summary><c>anyof</c>: the lists have at least one common value.</summary>
    AnyOf,

    /// <summary><c>noneof</c>: the lists have no common value.</summary>
    NoneOf,

    /// <summary><c>size</c>: how long the left list or text is.</summary>
    Size,

    /// <summary><c>empty</c>: whether the left list or text is empty.</summary>
    Empty,
}
