using System.ComponentModel;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Sftp;

namespace EduFunctions.Pipeline.Systems.OneRoster;

public sealed record OneRosterSettings : SourceSettings
{
    internal const string UsualMarkingColumn = "metadata.securityMarking";

    [Description("A folder with the CSV files, or a zip that holds them: on the machine that pulls, or on the server of sftp.")]
    public required string Path { get; init; }

    [Description("The SFTP server that has the files; absent reads them from the machine that pulls.")]
    public SftpServerSettings? Sftp { get; init; }

    [Description("Column of users.csv, one of the extensions that the form allows, that holds the security marking: Ingen, Sekretessmarkering, Skyddad folkbokföring.")]
    public string SecurityMarkingColumn { get; init; } = UsualMarkingColumn;

    [Description(
        "What words of the sender's own mean where somebody becomes something by them (roles, types of orgs and classes), as { \"ext:elev\": \"student\" }; "
        + "\"none\" makes nothing of anybody. Others are not understood.")]
    public IReadOnlyDictionary<string, string> OwnWords { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the files are, for people.</summary>
    internal string Place => Sftp is null ? Path : $"{Path} on {Sftp.Host}";

    internal override IReadOnlyList<string> NeverEmpty => ["orgs", "users", "roles"];

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) =>
    [
        .. SecurityMarkingColumn.StartsWith(CsvForm.Extension, StringComparison.Ordinal)
            ? Array.Empty<(string, string)>()
            : [("securityMarkingColumn", $"must begin with {CsvForm.Extension}, as columns do that are not of the form")],
        .. new OwnWords(OwnWords).Contradictions(),
        .. ((ISftpServer?)Sftp)?.Contradictions().Select(each => ($"sftp.{each.Key}", each.Cause)) ?? [],
    ];
}
