namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>Definitions whose authors' verdict the service does not share, each with its reason.</summary>
public static class ArguedVerdicts
{
    private static readonly Dictionary<string, (bool Accepted, string Reason)> Verdicts = new()
    {
        ["asl-validator/invalid-json-surround-syntax-extra-spaces.asl.json"] = (
            true, "White space inside the delimiters is part of the JSONata text, where it means nothing; its authors object to the style."),
        ["asl-validator/invalid-jsonata-surround-syntax-no-spaces.asl.json"] = (
            true, "The delimiters need no blanks inside; its authors object to the style."),
        ["asl-validator/valid-assign.asl.json"] = (
            false, "It assigns a variable named top-level; a variable's name is an identifier and cannot hold a hyphen."),
        ["asl-validator/valid-map-noconfig.asl.json"] = (
            false, "A Map without a ProcessorConfig is inline, and an inline Map has no ItemReader, ResultWriter or Label."),
        ["asl-validator/valid-map-with-item-batcher-jsonata.asl.json"] = (
            false, "A state asks for JSONPath inside a machine of JSONata; the recorded case INVALID_DOWNGRADE_QUERY_LANGUAGE refuses that."),
        ["asl-validator/valid-task-credentials.asl.json"] = (
            false, "Its Credentials name no RoleArn; the recorded cases of test_invalid_credentials_field refuse that."),
        ["asl-validator/valid-task-intrisic-function.asl.json"] = (
            false, "Its Resources are objects of a template language, which a deployment resolves before the service sees them."),
        ["workflows-collection/shared-fallback-state-jsonata_statemachine_statemachine.asl.json"] = (
            false, "Its own text is broken: QueryLanguage stands among the States, so it names a state that is no object and leaves the machine in JSONPath."),
    };

    /// <summary>All of them, for reports.</summary>
    public static IEnumerable<(string Id, bool Accepted, string Reason)> All =>
        Verdicts.Select(verdict => (verdict.Key, verdict.Value.Accepted, verdict.Value.Reason));

    /// <summary>Whether the service accepts a definition; null where the authors' verdict stands.</summary>
    public static bool? Of(string id) => Verdicts.TryGetValue(id, out (bool Accepted, string Reason) verdict) ? verdict.Accepted : null;
}
