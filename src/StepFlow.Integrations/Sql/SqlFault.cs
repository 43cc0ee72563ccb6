namespace StepFlow.Integrations.Sql;

/// <summary>Why a database failed.</summary>
internal enum SqlFault
{
    /// <summary>Nothing of the below.</summary>
    Statement,

    /// <summary>The database cannot be reached, or is unavailable.</summary>
    Outage,

    /// <summary>The transaction was rolled back in favour of another one.</summary>
    Deadlock,

    /// <summary>The statement took too long.</summary>
    Timeout,

    /// <summary>A constraint does not allow the change.</summary>
    Constraint,

    /// <summary>The user and password, or the access token, were refused.</summary>
    Login,

    /// <summary>The database does not exist.</summary>
    Database,

    /// <summary>The user has no right to do this.</summary>
    Permission,

    /// <summary>A value does not fit the type of its column.</summary>
    Value,

    /// <summary>The text is not a statement that the database can execute: its syntax, a table or a column.</summary>
    Syntax,

    /// <summary>The statement has a parameter that the task does not pass.</summary>
    Parameter,
}
