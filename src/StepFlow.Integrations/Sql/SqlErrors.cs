using StepFlow.Language.Catalogue;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Sql;

/// <summary>How <c>azure:sql</c> fails.</summary>
internal static class SqlErrors
{
    private const string Prefix = "Sql.";

    public const string InvalidArgument = Prefix + "InvalidArgument";

    public const string ConnectionNotFound = Prefix + "ConnectionNotFound";

    public const string InvalidResult = Prefix + "InvalidResult";

    public const string Timeout = Prefix + "Timeout";

    public const string OneOfStatements = "The arguments must have exactly one of 'Statement' and 'Statements'.";

    public const string Parameter = "a string, a number, true, false, null, or {\"Base64\": \"…\"} for bytes. Convert an object or an array to a text first, for example with States.JsonToString";

    public const string SeveralResults = "One statement returned more than one result. Pass each statement as an entry of 'Statements'.";

    private const int MaxNear = 3;

    public static TaskRejected UnknownConnection(string name, IEnumerable<string> known, SettingHints hints)
    {
        string[] all = [.. known.Order(StringComparer.Ordinal)];
        string[] near = [.. SimilarNames.List(name, all)];
        string[] named = [.. (near.Length > 0 ? near : all).Take(MaxNear)];
        string similar = named.Length == 0 ? string.Empty : $". {(near.Length > 0 ? "Similar names" : "Known names")}: {string.Join(", ", named)}";
        string hint = hints.Add($"Sql:{name}:ConnectionString");
        return new(ConnectionNotFound, $"The SQL connection '{name}' is not known{similar}{(hint.Length > 0 ? hint : ".")}");
    }

    public static TaskRejected TooLarge(SqlDatabase database) => new(
        ErrorNames.DataLimitExceeded,
        $"The result of the SQL connection '{database.Name}' is larger than {database.Options.MaxResponseBytes} bytes. Nothing was changed. Select fewer rows, or see the setting '{TaskErrors.Section}:Sql:{database.Name}:MaxResponseBytes'.");

    public static TaskRejected TooSlow(SqlDatabase database) => new(
        Timeout,
        $"The statements did not end within {database.Options.TimeoutSeconds} seconds. Nothing was changed. See the setting '{TaskErrors.Section}:Sql:{database.Name}:TimeoutSeconds'.");

    public static string Column(int number, string name) => name.Length == 0
        ? $"Column {number} of the result has no name. Give it one with AS."
        : $"The result has more than one column '{name}'. Give each its own name with AS.";

    /// <summary>A statement that the database rejected, with the message of the database.</summary>
    public static TaskRejected Refused(SqlFault fault, string message) => new(NameOf(fault), message + " Nothing was changed.");

    /// <summary>The call is repeated, because the database has rolled everything back, or was not reached.</summary>
    public static TaskOutageException Outage(SqlDatabase database, SqlFault fault, string message) => new(
        fault == SqlFault.Deadlock
            ? $"The SQL connection '{database.Name}' rolled the statements back in favour of another transaction: {message}"
            : $"The SQL connection '{database.Name}' is not available: {message}");

    private static string NameOf(SqlFault fault) => Prefix + fault switch
    {
        SqlFault.Timeout => "Timeout",
        SqlFault.Constraint => "ConstraintViolation",
        SqlFault.Login => "LoginFailed",
        SqlFault.Database => "DatabaseNotFound",
        SqlFault.Permission => "PermissionDenied",
        SqlFault.Value => "InvalidValue",
        SqlFault.Syntax => "InvalidStatement",
        SqlFault.Parameter => "InvalidArgument",
        _ => "StatementFailed",
    };
}
