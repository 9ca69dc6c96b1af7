namespace EduFunctions.Simulators.Unilogin;

/// <summary>What an export was asked for.</summary>
/// <param name="Version">6 or 7 of wsiEKSPORT.</param>
/// <param name="Package"><c>Lille</c>, <c>Mellem</c>, <c>Fuld</c> or <c>FuldMyndighed</c>.</param>
/// <param name="Externs">As the filter says; true without a filter, as the next.</param>
/// <param name="ContactPersons">Only the two full packages have them.</param>
/// <param name="CivicNumbers">False unless the filter says so (version 7).</param>
public sealed record ExportQuestion(string Institution, int Version, string Package, bool Externs, bool ContactPersons, bool CivicNumbers)
{
    internal static ExportQuestion Of(SoapQuestion question, int version, string package)
    {
        var filter = question.Operation["filtre", question.Operation.NamespaceURI];
        return new ExportQuestion(
            question.Value("instnr") ?? "", version, package,
            Flag("inkluderEksterne", true), Flag("inkluderKontaktpersoner", true), Flag("inkluderCpr", version == 6));

        bool Flag(string name, bool unless) =>
            filter?.GetElementsByTagName(name, question.Operation.NamespaceURI) is { Count: > 0 } found ? found[0]!.InnerText == "true" : unless;
    }
}

/// <summary>Writes an institution's export document, from its root element on; the root declares the namespaces it needs.</summary>
public delegate void ExportWriter(ExportQuestion question, Stream output);
