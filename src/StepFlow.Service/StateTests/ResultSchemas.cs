using System.Collections.Frozen;
using StepFlow.Language;

namespace StepFlow.Service.StateTests;

/// <summary>
/// The responses of the services that are mocked, by their API models: those that can be called here, and a few
/// that are often mocked. Other responses are not checked. Step Functions does not check those of HTTP tasks,
/// API Gateway and EKS.
/// </summary>
internal static class ResultSchemas
{
    private static readonly AnySchema Any = new();
    private static readonly TextSchema Text = new();
    private static readonly TextSchema Arn = new(1) { Max = 256 };
    private static readonly TextSchema KeyId = new(1) { Max = 2048 };
    private static readonly TextSchema EncryptionAlgorithm = new(0, "SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE");
    private static readonly NumberSchema Number = new();
    private static readonly BooleanSchema Flag = new();

    private static readonly StructureSchema Capacity = new(
        ("TableName", Text), ("CapacityUnits", Number), ("ReadCapacityUnits", Number), ("WriteCapacityUnits", Number),
        ("Table", new StructureSchema(("CapacityUnits", Number), ("ReadCapacityUnits", Number), ("WriteCapacityUnits", Number))));

    private static readonly StructureSchema Written = new(
        ("Attributes", new StructureSchema()), ("ConsumedCapacity", Capacity), ("ItemCollectionMetrics", new StructureSchema()));

    private static readonly StructureSchema Found = new(
        ("Items", new ListSchema(new StructureSchema())), ("Count", Number), ("ScannedCount", Number),
        ("LastEvaluatedKey", new StructureSchema()), ("ConsumedCapacity", Capacity));

    private static readonly TextSchema StorageClass = new(
        0, "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS");

    private static readonly StructureSchema S3Object = new(
        ("Body", Any), ("ContentLength", Number), ("ContentType", Text), ("ContentEncoding", Text), ("ContentRange", Text), ("CacheControl", Text),
        ("ETag", Text), ("LastModified", Text), ("VersionId", Text), ("StorageClass", StorageClass), ("Metadata", new StructureSchema()),
        ("DeleteMarker", Flag), ("PartsCount", Number), ("TagCount", Number), ("MissingMeta", Number),
        ("ServerSideEncryption", new TextSchema(0, "AES256", "aws:fsx", "aws:kms", "aws:kms:dsse")));

    private static readonly StructureSchema FunctionConfiguration = new(
        ("FunctionName", Text), ("FunctionArn", Text), ("Runtime", Text), ("Role", Text), ("Handler", Text), ("CodeSize", Number), ("Description", Text),
        ("Timeout", new NumberSchema(1)), ("MemorySize", new NumberSchema(128, 10240)), ("LastModified", Text), ("CodeSha256", Text), ("Version", Text),
        ("RevisionId", Text), ("State", new TextSchema(0, "Pending", "Active", "Inactive", "Failed", "Deactivating", "Deactivated", "ActiveNonInvocable", "Deleting")),
        ("PackageType", new TextSchema(0, "Zip", "Image")), ("Architectures", new ListSchema(new TextSchema(0, "x86_64", "arm64"))),
        ("EphemeralStorage", new StructureSchema(("Size", new NumberSchema(512, 10240)))));

    private static readonly StructureSchema Invoked = new(
        ("StatusCode", Number), ("FunctionError", Text), ("LogResult", Text), ("Payload", Any), ("ExecutedVersion", new TextSchema(1)));

    private static readonly StructureSchema Started = new(("ExecutionArn", Arn), ("StartDate", Text)) { Required = ["ExecutionArn", "StartDate"] };

    private static readonly StructureSchema Described = new(
        ("ExecutionArn", Arn), ("StateMachineArn", Arn), ("Name", new TextSchema(1) { Max = 80 }),
        ("Status", new TextSchema(0, "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE")),
        ("StartDate", Text), ("StopDate", Text), ("Error", new TextSchema { Max = 256 }), ("Cause", new TextSchema { Max = 32_768 }), ("RedriveCount", Number))
    {
        Required = ["ExecutionArn", "StateMachineArn", "Status", "StartDate"],
    };

    private static readonly FrozenDictionary<string, ResultSchema> ByAction = new Dictionary<string, ResultSchema>
    {
        ["lambda:invoke"] = Invoked,
        ["lambda:getFunction"] = new StructureSchema(("Configuration", FunctionConfiguration), ("Code", new StructureSchema()), ("Tags", new StructureSchema()), ("Concurrency", new StructureSchema(("ReservedConcurrentExecutions", new NumberSchema(0))))),
        ["dynamodb:getItem"] = new StructureSchema(("Item", new StructureSchema()), ("ConsumedCapacity", Capacity)),
        ["dynamodb:putItem"] = Written,
        ["dynamodb:updateItem"] = Written,
        ["dynamodb:deleteItem"] = Written,
        ["dynamodb:query"] = Found,
        ["dynamodb:scan"] = Found,
        ["sqs:sendMessage"] = new StructureSchema(("MD5OfMessageBody", Text), ("MD5OfMessageAttributes", Text), ("MD5OfMessageSystemAttributes", Text), ("MessageId", Text), ("SequenceNumber", Text)),
        ["sns:publish"] = new StructureSchema(("MessageId", Text), ("SequenceNumber", Text)),
        ["events:putEvents"] = new StructureSchema(("FailedEntryCount", Number), ("Entries", new ListSchema(new StructureSchema(("EventId", Text), ("ErrorCode", Text), ("ErrorMessage", Text))))),
        ["s3:getObject"] = S3Object,
        ["s3:headObject"] = S3Object,
        ["s3:putObject"] = new StructureSchema(("ETag", Text), ("VersionId", Text), ("Expiration", Text), ("Size", Number)),
        ["s3:deleteObject"] = new StructureSchema(("DeleteMarker", Flag), ("VersionId", Text)),
        ["s3:copyObject"] = new StructureSchema(("CopyObjectResult", new StructureSchema(("ETag", Text), ("LastModified", Text))), ("VersionId", Text)),
        ["s3:listObjectsV2"] = new StructureSchema(
            ("IsTruncated", Flag), ("KeyCount", Number), ("MaxKeys", Number), ("Name", Text), ("Prefix", Text), ("NextContinuationToken", Text),
            ("Contents", new ListSchema(new StructureSchema(("Key", new TextSchema(1)), ("LastModified", Text), ("ETag", Text), ("Size", Number), ("StorageClass", Text))))),
        ["kms:encrypt"] = new StructureSchema(("CiphertextBlob", new TextSchema(1) { Max = 6144 }), ("KeyId", KeyId), ("EncryptionAlgorithm", EncryptionAlgorithm)),
        ["kms:decrypt"] = new StructureSchema(("Plaintext", new TextSchema(1) { Max = 4096 }), ("KeyId", KeyId), ("EncryptionAlgorithm", EncryptionAlgorithm)),
        ["sfn:startExecution"] = Started,
        ["sfn:describeExecution"] = Described,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Checks a mocked result.</summary>
    /// <exception cref="Errors.ApiException"><c>ValidationException</c>.</exception>
    public static void Check(TaskResource resource, JsonValue result, bool isStrict)
    {
        string service = resource.IsSdk ? resource.Service["aws-sdk:".Length..] : resource.Service;
        service = service switch
        {
            "states" => "sfn",
            "eventbridge" => "events",
            _ => service,
        };
        string action = service == "sfn" && resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2 ? "describeExecution" : resource.Action;

        // A task that is completed by its token can have any result.
        if (resource.Pattern != TaskPattern.WaitForTaskToken && ByAction.TryGetValue($"{service}:{action}", out ResultSchema? schema))
        {
            schema.Check(string.Empty, result, isStrict);
        }
    }
}
