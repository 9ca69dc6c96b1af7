using System.Globalization;
using System.Xml;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

[Told]
internal static class Timestamp
{
    /// <summary>By how much two clocks may differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <exception cref="SoapException">The answer is old, or comes from a time that is yet to be.</exception>
    public static void Require(XmlElement stamp, DateTimeOffset now)
    {
        var created = Read(stamp, "Created") ?? throw SignedParts.Refused("has a time stamp that does not say when it was made");
        var expires = Read(stamp, "Expires") ?? created + Tolerance;
        if (created > now + Tolerance || expires < now - Tolerance)
        {
            throw new SoapException(
                $"the time stamp of the answer is not good now: from {created:u} to {expires:u}, and it is {now:u} here: look at the clocks", mayPass: false);
        }
    }

    private static DateTimeOffset? Read(XmlElement stamp, string name) =>
        DateTimeOffset.TryParse(
            stamp.Only(SoapNamespaces.Utility, name)?.InnerText, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
