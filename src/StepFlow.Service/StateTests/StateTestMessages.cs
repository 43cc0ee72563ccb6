namespace StepFlow.Service.StateTests;

/// <summary>Texts of TestState, worded as the service words them.</summary>
internal static class StateTestMessages
{
    public const string MapOrParallel = "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]";
    public const string RoleMissing = "RoleArn must be specified when testing a Task state";
    public const string MockNotJson = "Mocked result must be valid JSON";
    public const string MockNotArray = "Mocked result must be an array.";
    public const string MockNotObject = "Mocked result must be a JSON object.";
    public const string NoSecretsOfMock = "TestState does not support RevealSecrets when a mock is specified.";
    public const string ContextWithoutMock = "A Context object can only be specified when a mock is specified.";
    public const string StateNotFound = "State not found in definition";
    public const string MockBoth = "A test mock should have only one of the following fields: [result, errorOutput].";
    public const string MockNeither = "A test mock should have one of the following fields: [result, errorOutput].";
    public const string MockNeeded = "A mock must be specified when testing an Activity, or a Task state with a '.sync' or '.waitForTaskToken' service integration pattern";
    public const string BranchCount = "Mocked result must contain the same number of items as number of Parallel branches.";
    public const string FailureCount = "Map iteration failure count must be less than or equal to the number of Map iterations";
    public const string VariablesNotObject = "Variables must be a valid JSON object";
    public const string ReaderDataNotArray = "Map item reader data must be a valid JSON array";
    public const string StateNameNeeded = "State name must be specified when the definition is a state machine";
    public const string NotEnded = "The task was accepted, but does not end within its call. Test it with a mock.";

    public static string UnknownCause(string state) => $"State '{state}' does not exist inside the tested state";

    public static string NoMockFor(string type) => $"State type '{type}' is not supported when a mock is specified";

    public static string Context(string detail) => $"Invalid Context object provided: {detail}";

    public static string MockSchema(string detail) => $"Mock result schema validation error: {detail}";
}
