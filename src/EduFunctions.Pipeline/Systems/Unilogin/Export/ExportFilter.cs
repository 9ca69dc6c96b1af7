using System.Xml;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>What is asked for: no contact persons that no feed uses, no civic numbers that nobody may hand on.</summary>
internal sealed record ExportFilter(bool ContactPersons, bool CivicNumbers, bool Externs)
{
    public static ExportFilter Of(Tenant tenant) => new(
        tenant.Feeds.Any(feed => feed.Settings.UsesGuardians),
        tenant.Privacy.IncludeCivicNumber,
        tenant.Eligibility.IncludeExtern);

    public override string ToString() => $"contactPersons={ContactPersons} civicNumbers={CivicNumbers} externs={Externs}";

    /// <summary>In the order that the schema demands; only the packages that have them know contact persons and civic numbers.</summary>
    public void Write(XmlWriter xml, string ns, UniloginSettings settings)
    {
        xml.WriteStartElement("filtre", ns);
        xml.WriteStartElement("aktoertypeFilter", ns);
        Flag("inkluderElever", true);
        Flag("inkluderMedarbejdere", true);
        Flag("inkluderEksterne", Externs);
        if (settings.HasContactPersons)
        {
            Flag("inkluderKontaktpersoner", ContactPersons);
        }

        xml.WriteEndElement();
        if (settings.Package != UniloginSettings.Lille)
        {
            xml.WriteStartElement("cprFilter", ns);
            Flag("inkluderCpr", CivicNumbers);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();

        void Flag(string name, bool value) => xml.WriteElementString(name, ns, value ? "true" : "false");
    }
}
