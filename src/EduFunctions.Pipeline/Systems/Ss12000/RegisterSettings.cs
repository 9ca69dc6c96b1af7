using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What any SS 12000 register is called with. Each kind says how its calls show who makes them and what it has.</summary>
public abstract record RegisterSettings : SourceSettings
{
    [SafeAddress]
    [Description("Address of the API up to and with the version, as the customer gave it.")]
    public required string BaseUrl { get; init; }

    [Range(1, 10000, ErrorMessage = "must be 1 to 10000")]
    [Description("Entities per page; vendors suggest 100 to 2000.")]
    public int PageSize { get; init; } = 1000;

    [Range(1, 1_000_000, ErrorMessage = "must be 1 to 1000000")]
    [Description("Pages of one collection beyond which a pull is held: paging that never ends is no paging.")]
    public int MaxPages { get; init; } = 10_000;

    [Description("Members and headers of answers whose number of rows or pages says nothing, since they count more than this client is handed, such as total or X-Total-Count.")]
    public IReadOnlyList<string> OwnWords { get; init; } = [];

    internal override bool MaySayChanges => true;

    internal override IReadOnlyList<string> NeverEmpty => ["organisations", "persons"];

    /// <summary>Collections that the register does not have.</summary>
    internal virtual IReadOnlyList<string> Absent => [];

    /// <summary>The parameter that asks for the next page.</summary>
    internal virtual string NextPage => Paging.Token;

    /// <summary>Where the code of a school unit stands, in order.</summary>
    internal virtual IReadOnlyList<string> SchoolUnitCodes => [SchoolUnitCode.Own];

    /// <summary>The certificates of a connection, where it has its own.</summary>
    internal virtual ConnectionCertificates? Certificates => null;

    /// <summary>The client that is handed tokens, where the register hands out any.</summary>
    internal abstract ClientCredentials? Client { get; }

    /// <summary>How calls show who makes them.</summary>
    internal abstract IAccess Enter(HttpClient http, TimeProvider time);

    /// <summary>What to do when a collection is not open (403) or not there (404).</summary>
    internal abstract string Remedy(string collection, int status);
}
