namespace StepFlow.Integrations.Secrets;

/// <summary>
/// <c>aws-sdk:ssm:getParameter</c>: a parameter of the settings (AWS Systems Manager API, GetParameter). One that is hidden from workflows
/// is a <c>SecureString</c>. With <c>WithDecryption</c> the result contains a placeholder.
/// </summary>
internal sealed class GetParameter(SecretCall secrets) : ITaskIntegration
{
    public string Name => "aws-sdk:ssm:getParameter";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = arguments.RequiredText("Name");
        bool decrypts = arguments.Boolean("WithDecryption") ?? false;
        if (arguments.Problem is { } problem)
        {
            return AwsService.Ssm.Fail(call, AwsFailure.Unmodelled("ValidationException", problem));
        }

        if (await secrets.FindAsync(call, name, cancellationToken) is not { } found)
        {
            return AwsService.Ssm.Fail(call, AwsFailure.Modelled("ParameterNotFoundException", string.Empty), secrets.Hint(name));
        }

        bool isSecure = !found.Secret.Visible;
        return new TaskCompleted(JsonObject.Create(("Parameter", JsonObject.Create(
            ("DataType", "text"),
            ("Name", name),
            ("Type", isSecure ? "SecureString" : "String"),
            ("Value", isSecure && !decrypts ? "(encrypted)" : found.Text),
            ("Version", 1)))));
    }
}
