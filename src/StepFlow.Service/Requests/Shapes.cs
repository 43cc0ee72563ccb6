namespace StepFlow.Service.Requests;

/// <summary>The shapes that the requests of several operations share, with the API model's names and constraints.</summary>
internal static class Shapes
{
    public static readonly TextShape Arn = new() { Min = 1, Max = 256 };
    public static readonly TextShape LongArn = new() { Min = 1, Max = 2000 };
    public static readonly TextShape Name = new() { Min = 1, Max = 80 };
    public static readonly TextShape CharacterRestrictedName = new("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$") { Min = 1, Max = 80 };
    public static readonly TextShape Definition = new() { Min = 1, Max = 1_048_576, IsSensitive = true };
    public static readonly TextShape StateMachineType = new() { Values = ["STANDARD", "EXPRESS"] };
    public static readonly TextShape Description = new() { Max = 256, IsSensitive = true };
    public static readonly TextShape RevisionId = new();
    public static readonly TextShape IncludedData = new() { Values = ["ALL_DATA", "METADATA_ONLY"] };
    public static readonly TextShape PageToken = new() { Min = 1, Max = 1024 };
    public static readonly TextShape ListExecutionsPageToken = new() { Min = 1, Max = 3096 };
    public static readonly NumberShape PageSize = new() { Min = 0, Max = 1000 };
    public static readonly TextShape TaskToken = new() { Min = 1, Max = 2048 };
    public static readonly TextShape Error = new() { Min = 0, Max = 256, IsSensitive = true };
    public static readonly TextShape Cause = new() { Min = 0, Max = 32768, IsSensitive = true };
    public static readonly TextShape TraceHeader = new("\\p{ASCII}*") { Min = 0, Max = 256 };
    public static readonly TextShape TagKey = new() { Min = 1, Max = 128 };
    public static readonly BooleanShape Boolean = new();

    /// <summary>A payload; its bound is the quota of Step Functions, which is checked where quotas are in force.</summary>
    public static readonly TextShape Data = new() { IsSensitive = true };

    /// <summary>The order of the values is that in the message of Step Functions.</summary>
    public static readonly TextShape ExecutionStatus = new() { Values = ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"] };

    public static readonly ListShape TagList = new(new StructureShape(
        "Tag",
        Member.Optional("key", TagKey),
        Member.Optional("value", new TextShape { Min = 0, Max = 256 })));

    public static readonly StructureShape Encryption = new(
        "EncryptionConfiguration",
        Member.Optional("kmsKeyId", new TextShape { Min = 1, Max = 2048 }),
        Member.Optional("kmsDataKeyReusePeriodSeconds", new NumberShape { Min = 60, Max = 900 }),
        Member.Required("type", new TextShape { Values = ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"] }));

    public static readonly StructureShape Logging = new(
        "LoggingConfiguration",
        Member.Optional("level", new TextShape { Values = ["ALL", "ERROR", "FATAL", "OFF"] }),
        Member.Optional("includeExecutionData", Boolean),
        Member.Optional("destinations", new ListShape(new StructureShape(
            "LogDestination",
            Member.Optional("cloudWatchLogsLogGroup", new StructureShape("CloudWatchLogsLogGroup", Member.Optional("logGroupArn", Arn)))))));

    public static readonly StructureShape Tracing = new("TracingConfiguration", Member.Optional("enabled", Boolean));

    public static readonly ListShape Routing = new(new StructureShape(
        "RoutingConfigurationListItem",
        Member.Required("stateMachineVersionArn", Arn),
        Member.Required("weight", new NumberShape { Min = 0, Max = 100 })))
    {
        Min = 1,
        Max = 2,
    };
}
