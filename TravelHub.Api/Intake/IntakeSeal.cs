using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Intake;

/// <summary>Encrypts commands, which hold payment tokens and guests. The keys lie in the intake's folder: who has the folder can open it.</summary>
internal sealed class IntakeSeal(IOptions<IntakeOptions> options)
{
    private readonly Lazy<IDataProtector> _protector = new(() => DataProtectionProvider
        .Create(new DirectoryInfo(Path.Combine(options.Value.Folder!, "keys")), setup => setup.SetApplicationName("travelhub-gateway"))
        .CreateProtector("travelhub.intake.command.v1"));

    /// <summary>Makes the key before the first request is kept, and puts it on the disk: a request that outlives a power cut must be readable after it.</summary>
    public void MakeKey()
    {
        Close("");
        foreach (var key in Directory.EnumerateFiles(Path.Combine(options.Value.Folder!, "keys")))
        {
            using var written = new FileStream(key, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        }
    }

    public byte[] Close(string command) => _protector.Value.Protect(Encoding.UTF8.GetBytes(command));

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was changed, or its key is gone.</exception>
    public string Open(byte[] closed) => Encoding.UTF8.GetString(_protector.Value.Unprotect(closed));
}
