namespace StepFlow.Language.Validation;

/// <summary>Credentials name a role.</summary>
internal sealed class CredentialsRule : StateRule
{
    private const string RoleArn = "RoleArn";

    public override void Check(State state, ValidationContext context)
    {
        if (state is TaskState { Credentials: { } credentials }
            && !credentials.ContainsKey(RoleArn)
            && !(state.QueryLanguage == QueryLanguage.JsonPath && credentials.ContainsKey(RoleArn + ".$")))
        {
            context.Diagnostics.Schema(DiagnosticMessages.RequiredField(RoleArn), state.Location + "/Credentials");
        }
    }
}
