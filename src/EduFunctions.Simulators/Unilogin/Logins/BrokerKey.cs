using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>A key of a broker, and what can be done with it, rightly and wrongly.</summary>
public sealed class BrokerKey(string id) : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public string Id { get; } = id;

    /// <summary>A token signed as the broker does.</summary>
    /// <param name="header">Changes the header before it is signed.</param>
    public string Sign(JsonObject claims, Action<JsonObject>? header = null) =>
        Token("RS256", claims, header, text => _rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A token that everybody can make, with the published key as the secret of a symmetric algorithm.</summary>
    public string SignWithPublicKey(JsonObject claims) =>
        Token("HS256", claims, null, text => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), text));

    /// <summary>A token without signature.</summary>
    public string Leave(JsonObject claims) => Token("none", claims, null, _ => []);

    internal JsonObject Published()
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kid"] = Id,
            ["kty"] = "RSA",
            ["alg"] = "RS256",
            ["use"] = "sig",
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
    }

    public void Dispose() => _rsa.Dispose();

    private string Token(string algorithm, JsonObject claims, Action<JsonObject>? change, Func<byte[], byte[]> sign)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = Id };
        change?.Invoke(header);
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
