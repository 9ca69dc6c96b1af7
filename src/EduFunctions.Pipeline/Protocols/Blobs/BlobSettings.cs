using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Azure.Storage.Blobs;
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

    /// <summary>Where the files go, without the signature. Of a secret that holds no such address, whatever it holds, its name is all that may be told.</summary>
    internal string Place
    {
        get
        {
            var place = Sas is not null && !IsUsable(Sas) ? $"the container in the secret \"{Sas.Name}\""
                : Uri.TryCreate(Sas?.Reveal() ?? Container, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Path).TrimEnd('/')
                : Container;
            return $"{place}/{Directory}".TrimEnd('/');
        }
    }

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
    }

    public override IEnumerable<(string Key, string Cause)> UnusableSecrets() => Sas is null || IsUsable(Sas) ? [] :
        [("sas", $"names the secret \"{Sas.Name}\", which must hold the https address of a container with its signature (…/container?sv=…&sig=…)")];

    private static bool IsUsable(Secret sas) => IsOfContainer(sas.Reveal(), isSigned: true);

    /// <summary>Of a container itself, since whatever follows one in the address would be dropped without a word: what is to be a folder in it is said by <see cref="Directory"/>.</summary>
    private static bool IsOfContainer(string text, bool isSigned) =>
        new SafeAddressAttribute().IsValid(text) && new Uri(text) is var address
        && new BlobUriBuilder(address) is { BlobContainerName.Length: > 0, BlobName.Length: 0 }
        && address.Query.Contains("sig=", StringComparison.Ordinal) == isSigned && (isSigned || address.Query.Length == 0);
}
