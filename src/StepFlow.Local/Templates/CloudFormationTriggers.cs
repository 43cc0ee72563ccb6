namespace StepFlow.Local.Templates;

/// <summary>What starts the machines of a CloudFormation template: events of SAM, rules of EventBridge, and schedules.</summary>
/// <param name="functions">Resolves intrinsic functions.</param>
/// <param name="resources">The resources that are created.</param>
internal sealed class CloudFormationTriggers(TemplateFunctions functions, IReadOnlyList<(string Id, JsonObject Resource)> resources)
{
    public IEnumerable<TemplateTrigger> Read()
    {
        foreach ((string id, JsonObject resource) in resources)
        {
            JsonObject properties = resource["Properties"] as JsonObject ?? JsonObject.Empty;
            IEnumerable<TemplateTrigger> found = functions.Names.Type(id) switch
            {
                "AWS::Serverless::StateMachine" => Events(functions.Names.Name(id), properties),
                "AWS::Events::Rule" => Targets(properties["Targets"]).Select(machine => new TemplateTrigger(machine, id, "EventBridgeRule", Settings(properties, "EventPattern", "EventBusName", "ScheduleExpression", "State"))),
                "AWS::Scheduler::Schedule" => Targets(properties["Target"]).Select(machine => new TemplateTrigger(machine, id, "ScheduleV2", Settings(properties, "ScheduleExpression", "ScheduleExpressionTimezone", "FlexibleTimeWindow"))),
                "AWS::Pipes::Pipe" => Machine(properties["Target"]) is { } machine ? [new(machine, id, "Pipe", Settings(properties, "Source", "SourceParameters"))] : [],
                _ => [],
            };
            foreach (TemplateTrigger trigger in found)
            {
                yield return trigger;
            }
        }
    }

    private IEnumerable<TemplateTrigger> Events(string machine, JsonObject properties) =>
        (properties["Events"] as JsonObject ?? JsonObject.Empty).Select(one => (one.Key, Value: one.Value as JsonObject)).Where(static one => one.Value?["Type"] is JsonString)
            .Select(one => new TemplateTrigger(machine, one.Key, ((JsonString)one.Value!["Type"]!).Value, functions.Resolve(one.Value["Properties"] ?? JsonObject.Empty) as JsonObject ?? JsonObject.Empty));

    private IEnumerable<string> Targets(JsonValue? targets) =>
        (targets is JsonArray several ? several.AsEnumerable() : targets is null ? [] : [targets]).OfType<JsonObject>().Select(target => Machine(target["Arn"])).OfType<string>().Distinct();

    /// <summary>The machine of the template that an ARN names.</summary>
    private string? Machine(JsonValue? arn) => arn is not null && functions.Resolve(arn) is JsonString { Value: var text } && text.Split(':') is [_, _, "states", _, _, "stateMachine", var name, ..] ? name : null;

    private JsonObject Settings(JsonObject properties, params string[] names) =>
        names.Where(properties.ContainsKey).Aggregate(new JsonObjectBuilder(), (builder, name) => builder.Set(name, functions.Resolve(properties[name]!))).Build();
}
