using System.IO.Hashing;
using System.Text;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>A group or a person of a document, as it is written.</summary>
/// <param name="Key">Its id at the institution.</param>
/// <param name="Person">A person's id by the register; empty for a group, and where nobody knows.</param>
internal sealed record ImportBlock(string Key, string Xml, string Person = "")
{
    public UInt128 Hash { get; } = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(Xml));

    /// <summary>Somebody who is to go: the id, and not a word more.</summary>
    public static ImportBlock Gone(string localId, string person)
    {
        var xml = new ImportXml(ImportContent.Depth);
        xml.Open("InstitutionPerson");
        xml.Write(("LocalPersonId", localId));
        xml.Close("InstitutionPerson");
        return new ImportBlock(localId, xml.ToString(), person);
    }
}
