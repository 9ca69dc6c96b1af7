namespace EduFunctions.FunctionsHost;

/// <summary>What a host runs and over what.</summary>
/// <param name="AppFolder">The built or published app: host.json, worker.config.json and the app's files.</param>
/// <param name="Settings">The app's settings; the worker sees these and nothing else of this machine.</param>
public sealed record HostOptions(string AppFolder, IReadOnlyDictionary<string, string> Settings)
{
    public const string StorageSetting = "AzureWebJobsStorage";

    /// <summary>0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>How long a failed message rests; null is as host.json says, with which poison takes minutes.</summary>
    public TimeSpan? RetryPause { get; init; }

    /// <summary>False leaves the queues alone: what is put on them stays there to be looked at.</summary>
    public bool ListensToQueues { get; init; } = true;

    public string Storage => Settings[StorageSetting];
}
