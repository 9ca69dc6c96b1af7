using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.Blobs;

public sealed record BlobSettings : DeliverySettings
{
    [SafeAddress]
    [Description("Address of the container, which the app's own identity may write to; absent with sas.")]
    public string? Container { get; init; }

    [Description("The secret that holds the container's address with its shared access signature; absent with container.")]
    public Secret? Sas { get; init; }

    [RegularExpression(@"^[^/\\?#]+(/[^/\\?#]+)*$", ErrorMessage = "must be names with one slash between them")]
    [Description("Folder in the container; absent is none.")]
    public string? Directory { get; init; }

    /// <summary>With the signature, where there is one.</summary>
    internal Uri Address => new(Sas?.Reveal() ?? Container!);

    internal string NameOf(string file) => Directory is null ? file : $"{Directory}/{file}";

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup)
    {
        if (Container is null == Sas is null)
        {
            yield return ("container", "needs container or sas, and not both");
        }
        else if (Container is not null && !IsOfContainer(Container, isSigned: false))
        {
            yield return ("container", "must be the address of a container such as https://account.blob.core.windows.net/container; one with a signature belongs into sas");
        }
        else if (Sas is not null && !IsOfContainer(Sas.Reveal(), isSigned: true))
        {
            yield return ("sas", $"names the secret \"{Sas.Name}\", which must hold the https address of a container with its signature (…/container?sv=…&sig=…)");
        }
    }

    private static bool IsOfContainer(string text, bool isSigned) =>
        new SafeAddressAttribute().IsValid(text) && new Uri(text) is var address
        && address.AbsolutePath.Trim('/').Length > 0 && address.Query.Contains("sig=", StringComparison.Ordinal) == isSigned && (isSigned || address.Query.Length == 0);
}
