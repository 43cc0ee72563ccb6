using StepFlow.Execution.History;
using StepFlow.Language.Json;
using StepFlow.Service.Requests;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Requests;

/// <summary>The hand-written shapes of requests agree with the API model.</summary>
public sealed class ShapeModelTests
{
    /// <summary>Payloads whose bound is a quota: it is enforced with the quotas, not by the shape.</summary>
    private const string Payload = "SensitiveData";

    public static TheoryData<string> Operations => [.. ApiModel.Load().OperationNames];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Request_OfEachOperation_HasTheModelsMembersAndConstraints(string operation)
    {
        StructureShape? shape = new TestService().Service.ShapeOf(operation);

        Assert.NotNull(shape);
        var problems = new List<string>();
        Compare(ApiModel.Load().ShapeOf(operation, "input")!, shape, operation, problems);
        Assert.Empty(problems);
    }

    [Fact]
    public void Model_HasThirtySevenOperations() => Assert.Equal(37, ApiModel.Load().OperationNames.Count());

    [Fact]
    public void EventTypes_AreThoseOfTheModel()
    {
        string[] types = [.. ((JsonArray)ApiModel.Load().Shape("HistoryEventType")["enum"]!).Select(static type => ((JsonString)type).Value)];

        Assert.Equal(62, types.Length);
        Assert.Equal(types.Order(StringComparer.Ordinal), Enum.GetNames<HistoryEventType>().Order(StringComparer.Ordinal));
    }

    private static void Compare(JsonObject model, Shape shape, string path, List<string> problems)
    {
        switch (shape)
        {
            case StructureShape structure:
                var members = (JsonObject)model["members"]!;
                JsonArray required = model["required"] as JsonArray ?? JsonArray.Empty;
                Expect(path, "members", Sorted(members.Select(member => member.Key)), Sorted(structure.Members.Select(member => member.Name)), problems);
                foreach (Member member in structure.Members.Where(member => members.ContainsKey(member.Name)))
                {
                    Expect($"{path}.{member.Name}", "required", required.Contains(member.Name), member.IsRequired, problems);
                    string target = ApiModel.Text((JsonObject)members[member.Name]!, "shape")!;
                    Compare(ApiModel.Load().Shape(target).With("name", target), member.Shape, $"{path}.{member.Name}", problems);
                }

                break;
            case TextShape text:
                Expect(path, "type", "string", ApiModel.Text(model, "type"), problems);
                Expect(path, "min", Number(model, "min"), text.Min, problems);
                Expect(path, "max", ApiModel.Text(model, "name") == Payload ? null : Number(model, "max"), text.Max, problems);
                Expect(path, "sensitive", model.ContainsKey("sensitive"), text.IsSensitive, problems);
                Expect(path, "pattern", ApiModel.Text(model, "pattern"), text.Pattern, problems);
                Expect(path, "enum", Sorted((model["enum"] as JsonArray)?.Select(value => ((JsonString)value).Value)), Sorted(text.Values), problems);
                break;
            case NumberShape number:
                Expect(path, "integer", ApiModel.Text(model, "type") is "integer" or "long", number.IsInteger, problems);
                Expect(path, "min", Number(model, "min"), (int?)number.Min, problems);
                Expect(path, "max", Number(model, "max"), (int?)number.Max, problems);
                break;
            case BooleanShape:
                Expect(path, "type", "boolean", ApiModel.Text(model, "type"), problems);
                break;
            case ListShape list:
                Expect(path, "min", Number(model, "min"), list.Min, problems);
                Expect(path, "max", Number(model, "max"), list.Max, problems);
                string item = ApiModel.Text((JsonObject)model["member"]!, "shape")!;
                Compare(ApiModel.Load().Shape(item).With("name", item), list.Item, path + "[]", problems);
                break;
        }
    }

    private static int? Number(JsonObject model, string name) => model[name] is JsonNumber number ? (int)number.ToDouble() : null;

    private static string? Sorted(IEnumerable<string>? values) => values is null ? null : string.Join(' ', values.Order(StringComparer.Ordinal));

    private static void Expect<T>(string path, string what, T expected, T actual, List<string> problems)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            problems.Add($"{path}: {what} is {actual} but the model says {expected}");
        }
    }
}
