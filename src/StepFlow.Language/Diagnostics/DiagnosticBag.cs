namespace StepFlow.Language.Diagnostics;

/// <summary>Collects diagnostics, in the order found.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];

    /// <summary>The findings so far.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>Whether an error is among them.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds an error.</summary>
    public void Error(string code, string message, string? location)
    {
        HasErrors = true;
        _items.Add(new(DiagnosticSeverity.Error, code, message, location));
    }

    /// <summary>Adds an error of the code <see cref="DiagnosticCodes.SchemaValidationFailed"/>.</summary>
    public void Schema(string message, string location) => Error(DiagnosticCodes.SchemaValidationFailed, message, location);

    /// <summary>Adds a warning.</summary>
    public void Warning(string code, string message, string location) =>
        _items.Add(new(DiagnosticSeverity.Warning, code, message, location));
}
