namespace StepFlow.Service.Payloads;

/// <summary>Reads the JSON texts of inputs and outputs in requests.</summary>
internal sealed class PayloadText(ServiceOptions options)
{
    /// <summary>The input of an execution; an empty object where none is given.</summary>
    /// <exception cref="ApiException"><c>InvalidExecutionInput</c>, or <c>ValidationException</c> where it is over the quota.</exception>
    public JsonValue Input(string? text)
    {
        if (text is null)
        {
            return JsonObject.Empty;
        }

        CheckSize(text, "input");
        return string.IsNullOrWhiteSpace(text) ? throw ApiErrors.InvalidInput(ApiErrors.InvalidInputText) : Parse(text, ApiErrors.InvalidInput);
    }

    /// <summary>The output with which a task is completed.</summary>
    /// <exception cref="ApiException"><c>InvalidOutput</c>, or <c>ValidationException</c> where it is over the quota.</exception>
    public JsonValue Output(string text)
    {
        CheckSize(text, "output");
        return Parse(text, ApiErrors.InvalidOutput);
    }

    private static JsonValue Parse(string text, Func<string, ApiException> refuse)
    {
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException exception)
        {
            throw refuse(JsonSyntaxProblem.Find(text)?.Reason ?? exception.Reason);
        }
    }

    private void CheckSize(string text, string member)
    {
        if (text.Length > options.Limits.PayloadBytes)
        {
            throw ApiErrors.Validation($"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must have length less than or equal to {options.Limits.PayloadBytes}");
        }
    }
}
