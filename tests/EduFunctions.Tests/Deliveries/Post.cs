using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Tests.Deliveries;

/// <summary>A target that is an address, and does with files what the test says.</summary>
internal sealed class Post(Func<FeedFiles, DeliveryProgress, Task<DeliveryResult>> send) : IDelivery
{
    public const string Name = "post";

    /// <summary>To which nothing is sent.</summary>
    public Post()
        : this((_, _) => throw new NotSupportedException())
    {
    }

    public string Type => Name;

    public Type Settings => typeof(Box);

    public string Target(DeliverySettings settings) => ((Box)settings).Address;

    public Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct) => send(files, progress);
}

internal sealed record Box : DeliverySettings
{
    public required string Address { get; init; }

    public static Box At(string address) => new() { Type = Post.Name, Address = address };
}
