using Azure;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Serving;

/// <summary>What went wrong, for the log: our own words as they are, of others only the kind and what holds no data.</summary>
internal static class Trouble
{
    public static string Of(Exception e) => e switch
    {
        AggregateException { InnerException: { } first } => Of(first),
        RequestFailedException { Status: 0 } => "the storage does not answer",
        _ => Problem.Describe(e),
    };
}
