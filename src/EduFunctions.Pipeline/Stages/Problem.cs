using System.Net.Sockets;
using Azure;
using Azure.Identity;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>An unexpected exception in words for an operator, without a stack and without what might be data.</summary>
public static class Problem
{
    public static string Describe(Exception e) => e switch
    {
        TenantRefusedException or RunHeldException or BlobTroubleException or StageFailedException => e.Message,
        AggregateException { InnerException: { } first } => Describe(first),
        RequestFailedException storage => $"Storage answered {storage.Status} {storage.ErrorCode}.",
        AuthenticationFailedException => "The app's identity gets no token.",
        IOException or SocketException or HttpRequestException or TimeoutException => e.Message,
        Renci.SshNet.Common.SshException => $"SFTP: {e.Message}.",
        _ => $"{e.GetType().Name} in {e.TargetSite?.DeclaringType?.Name}.",
    };
}
