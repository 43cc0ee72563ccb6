using StepFlow.Language.Definition;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Templates;

/// <summary>Reads what <c>terraform show -json</c> writes of a plan or a state: its resources <c>aws_sfn_state_machine</c>.</summary>
internal static class TerraformPlan
{
    private const string MachineType = "aws_sfn_state_machine";

    /// <summary>Whether a file is one.</summary>
    public static bool Is(JsonValue value) => value is JsonObject plan && plan.ContainsKey("format_version") && (plan["planned_values"] ?? plan["values"]) is JsonObject;

    public static Template Read(string path, SourceDocument document, IReadOnlyDictionary<string, string> substitutions)
    {
        var plan = (JsonObject)document.Value;
        bool isPlan = plan.ContainsKey("planned_values");
        var machines = new List<TemplateMachine>();
        var decisions = new List<string>();
        foreach ((JsonObject resource, string location) in Resources((JsonObject)(plan["planned_values"] ?? plan["values"])!, isPlan ? "/planned_values" : "/values"))
        {
            JsonObject values = resource["values"] as JsonObject ?? JsonObject.Empty;
            string name = values.Text("name") ?? resource.Text("name") ?? "machine";
            if (values.Text("definition") is not { } definition)
            {
                decisions.Add($"The definition of {resource.Text("address") ?? name} is known only after 'terraform apply', since it names resources that do not exist yet. Import the output of 'terraform show -json' for the state.");
                continue;
            }

            SourcePosition? position = document.Positions.Find(location + "/values/definition");
            machines.Add(new(new(name, path, DefinitionReader.ReadPart(definition, substitutions, _ => position)), values.Text("type") == "EXPRESS"));
        }

        return new() { Kind = isPlan ? "Terraform plan" : "Terraform state", Machines = machines, Decisions = decisions };
    }

    private static IEnumerable<(JsonObject Resource, string Location)> Resources(JsonObject module, string location)
    {
        // The values contain the root module. A module contains resources and modules.
        if (module["root_module"] is JsonObject root)
        {
            return Resources(root, location + "/root_module");
        }

        return (module["resources"] as JsonArray ?? JsonArray.Empty).Select((one, index) => (Resource: one as JsonObject, Location: $"{location}/resources[{index}]"))
            .Where(static one => one.Resource is not null && one.Resource.Text("type") == MachineType)
            .Select(static one => (one.Resource!, one.Location))
            .Concat((module["child_modules"] as JsonArray ?? JsonArray.Empty).Select((one, index) => (Module: one as JsonObject, Location: $"{location}/child_modules[{index}]"))
                .Where(static one => one.Module is not null)
                .SelectMany(static one => Resources(one.Module!, one.Location)));
    }
}
